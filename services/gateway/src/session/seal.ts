import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypts text for one purpose, so that what was sealed for one row opens nowhere else. */
export interface Seal {
  seal(text: string, purpose: string): string;
  /** Undefined if the text was changed, was sealed for another purpose, or by a key that is not known. */
  open(sealed: string, purpose: string): string | undefined;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM. The first key encrypts, every key decrypts: a new key goes first and the old one stays for a while. */
export function createSeal(keys: readonly Buffer[]): Seal {
  const [first] = keys;
  if (!first) throw new Error('a seal needs a key');
  const byName = new Map(keys.map((key) => [nameOf(key), key]));
  return {
    seal: (text, purpose) => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, first, nonce).setAAD(Buffer.from(purpose));
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${nameOf(first)}.${Buffer.concat(parts).toString('base64url')}`;
    },
    open: (sealed, purpose) => {
      const [name = '', body = ''] = sealed.split('.');
      const key = byName.get(name);
      const bytes = Buffer.from(body, 'base64url');
      if (!key || bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
      return opened(key, bytes, purpose);
    },
  };
}

function opened(key: Buffer, bytes: Buffer, purpose: string): string | undefined {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** Tells keys apart without telling what they are. */
const nameOf = (key: Buffer) => createHash('sha256').update(key).digest('base64url').slice(0, 8);
