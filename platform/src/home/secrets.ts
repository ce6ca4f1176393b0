import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { Fault } from '../faults.ts';
import { placeOf, type System } from '../system.ts';
import { writePublicKeys } from './key-folder.ts';
import { writeSecret } from './write-secret.ts';

const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;

/** Makes the secrets and keys that the data folder does not have yet. Only the owner can read the files. */
export async function createSecrets(system: System): Promise<void> {
  const folder = placeOf(system, 'keys');
  for (const name of system.topology.secrets ?? []) {
    const file = placeOf(system, 'keys', name);
    if (!existsSync(file)) writeSecret(file, `${randomBytes(SECRET_BYTES).toString('base64url')}\n`);
    // A restored backup may have widened it.
    await chmod(file, OWNER_ONLY);
  }
  writePublicKeys(folder);
}

/** A secret of the data folder. @throws Fault where it is not there. */
export async function readSecret(system: System, name: string): Promise<string> {
  const file = placeOf(system, 'keys', name);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (!text) throw new Fault(`can't read ${file}: "./phone82 down" and "./phone82 up" create it.`);
  return text.trim();
}
