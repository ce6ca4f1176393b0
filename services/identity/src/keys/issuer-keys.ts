import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Environment } from '@phone82/runtime';
import type { IdentityDatabase, Tables } from '../tables.ts';

const newKeyPair = promisify(generateKeyPair);
const ALGORITHM = 'ES256';
/** The previous key stays published until its tokens have expired. */
const PUBLISHED_KEYS = 2;
/** Verifiers read the keys once a minute at most: a key that signed at once would be unknown to them for so long. */
export const PUBLISHED_FIRST_MS = 2 * 60_000;

export type SigningKey = JsonWebKey & { readonly kid: string; readonly alg: string; readonly use: 'sig' };

/** The issuer's keys, generated once and kept in its database. */
export interface IssuerKeys {
  /** The first one signs: the newest, once it has been published for {@link PUBLISHED_FIRST_MS}. `changesAt`: when that is. */
  signing(): Promise<{ readonly keys: readonly SigningKey[]; readonly changesAt: number | undefined }>;
  /** Secrets that sign the issuer's cookies. */
  cookies(): Promise<readonly string[]>;
  /** Adds a signing key. The previous one stays published, older ones are deleted. */
  rotate(): Promise<void>;
}

export function openIssuerKeys(database: IdentityDatabase, { now }: Pick<Environment, 'now'>): IssuerKeys {
  type Purpose = Tables['issuer_keys']['purpose'];
  const read = (purpose: Purpose) =>
    database
      .selectFrom('issuer_keys')
      .select(['id', 'secret', 'created_at'])
      .where('purpose', '=', purpose)
      .orderBy('id', 'desc')
      .execute();
  const add = async (purpose: Purpose, secret: string) => {
    await database.insertInto('issuer_keys').values({ purpose, secret, created_at: now() }).execute();
  };
  const readOrAdd = async (purpose: Purpose, create: () => Promise<string>) => {
    if ((await read(purpose)).length === 0) await add(purpose, await create());
    return read(purpose);
  };
  return {
    signing: async () => {
      const rows = await readOrAdd('sign', newSigningKey);
      const signsAt = (rows[0]?.created_at ?? 0) + PUBLISHED_FIRST_MS;
      const isToCome = rows.length > 1 && now() < signsAt;
      const ordered = isToCome ? rows.toReversed() : rows;
      const keys = ordered.map(({ secret }) => JSON.parse(secret) as SigningKey);
      return { keys, changesAt: isToCome ? signsAt : undefined };
    },
    cookies: async () =>
      (await readOrAdd('cookie', async () => randomBytes(32).toString('base64url'))).map(
        ({ secret }) => secret,
      ),
    rotate: async () => {
      await add('sign', await newSigningKey());
      const withdrawn = (await read('sign')).slice(PUBLISHED_KEYS).map(({ id }) => id);
      if (withdrawn.length > 0)
        await database.deleteFrom('issuer_keys').where('id', 'in', withdrawn).execute();
    },
  };
}

async function newSigningKey(): Promise<string> {
  const { privateKey } = await newKeyPair('ec', { namedCurve: 'P-256' });
  const jwk = privateKey.export({ format: 'jwk' });
  return JSON.stringify({ ...jwk, kid: randomBytes(12).toString('base64url'), alg: ALGORITHM, use: 'sig' });
}
