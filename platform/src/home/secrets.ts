import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { Fault } from '../faults.ts';
import { placeOf, type System } from '../system.ts';
import { SESSION_KEY } from '../topology.ts';
import { keyFile } from './key-file.ts';
import { serviceKeys } from './service-keys.ts';

const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;

/** Generates the secrets and keys that the data folder does not have yet. Only the owner can read the files. */
export async function createSecrets(system: System): Promise<void> {
  const folder = placeOf(system, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of system.topology.secrets ?? []) await createSecret(placeOf(system, 'keys', name));
  keyFile(system, SESSION_KEY);
  serviceKeys(system);
}

async function createSecret(file: string): Promise<void> {
  const secret = randomBytes(SECRET_BYTES).toString('base64url');
  await writeFile(file, `${secret}\n`, { mode: OWNER_ONLY, flag: 'wx' }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  // A restored backup may have widened it.
  await chmod(file, OWNER_ONLY);
}

/** A secret of the data folder. @throws Fault where it is not there. */
export async function readSecret(system: System, name: string): Promise<string> {
  const file = placeOf(system, 'keys', name);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (!text) throw new Fault(`can't read ${file}: "./phone82 down" and "./phone82 up" create it.`);
  return text.trim();
}
