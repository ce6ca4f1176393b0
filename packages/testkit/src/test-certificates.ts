import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A key with its certificate, as PEM. */
export interface TestCertificate {
  readonly key: string;
  readonly cert: string;
}

/** An authority that is made for a test, and signs what the test needs. */
export interface TestAuthority {
  /** Its own certificate, as PEM. */
  readonly ca: string;
  /** A certificate for the name of a host, or of a client. */
  sign(name: string): Promise<TestCertificate>;
}

const DAYS = ['-days', '2'];
const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

const openssl = (folder: string, ...words: string[]) =>
  promisify(execFile)('openssl', words, { cwd: folder });

/** Makes an authority in a folder, by the machine's openssl. */
export async function testAuthority(folder: string, name: string): Promise<TestAuthority> {
  const read = (file: string) => readFile(join(folder, file), 'utf8');
  const subject = (of: string) => ['-subj', `/CN=${of}`];
  const own = [`${name}.key`, `${name}.crt`] as const;
  await openssl(
    folder,
    'req',
    '-x509',
    ...NEW_KEY,
    ...DAYS,
    ...subject(name),
    '-keyout',
    own[0],
    '-out',
    own[1],
  );
  return {
    ca: await read(own[1]),
    sign: async (of) => {
      const [key, request, cert, about] = ['key', 'csr', 'crt', 'ext'].map(
        (ending) => `${name}-${of}.${ending}`,
      ) as [string, string, string, string];
      await writeFile(join(folder, about), `subjectAltName=DNS:${of}\n`);
      await openssl(folder, 'req', '-new', ...NEW_KEY, ...subject(of), '-keyout', key, '-out', request);
      const signed = ['-CA', own[1], '-CAkey', own[0], '-CAcreateserial', '-extfile', about];
      await openssl(folder, 'x509', '-req', '-in', request, ...signed, ...DAYS, '-out', cert);
      return { key: await read(key), cert: await read(cert) };
    },
  };
}
