import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { callers, type ServiceName } from '@phone82/service-list';
import { Fault } from '../faults.ts';
import { writeSecret } from './write-secret.ts';

/** A key as a JWK. A private one has `d`. */
interface Key extends Readonly<Record<string, unknown>> {
  readonly kid: string;
}

const keyFile = (folder: string, service: ServiceName) => path.join(folder, `${service}.jwk.json`);
/** The key before the last rotation, until it is retired. */
const oldKeyFile = (folder: string, service: ServiceName) => path.join(folder, `${service}.old.jwk.json`);

/** The private Ed25519 key of a service, mode 0600. It is made if there is none, and never replaced. */
export function makeKey(
  folder: string,
  service: ServiceName,
): { readonly file: string; readonly isNew: boolean } {
  const file = keyFile(folder, service);
  if (existsSync(file)) return { file, isNew: false };
  writeSecret(file, newKey(service));
  return { file, isNew: true };
}

/** Writes the public keys of all services that sign calls, old ones included, where they have changed. Gives the file. */
export function writePublicKeys(folder: string): string {
  const file = path.join(folder, 'service-keys.json');
  const keys = Object.fromEntries(callers.map((service) => [service, publicKeys(folder, service)]));
  const text = JSON.stringify(keys);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeSecret(file, text);
  return file;
}

/**
 * Gives every service a new key, by which it signs from its next start on. The old one counts until it is retired.
 * @throws Fault if the old key of an earlier rotation is not retired yet.
 */
export function rotateKeys(folder: string): void {
  for (const service of callers) makeKey(folder, service);
  for (const service of callers.filter((name) => existsSync(oldKeyFile(folder, name))))
    if (readKey(oldKeyFile(folder, service)).kid !== readKey(keyFile(folder, service)).kid)
      throw new Fault(`${service} has two keys in ${folder}: take the old one away first, with --retire.`);
  for (const service of callers) {
    // A rotation that was interrupted may have kept the key already.
    if (!existsSync(oldKeyFile(folder, service)))
      linkSync(keyFile(folder, service), oldKeyFile(folder, service));
    writeSecret(keyFile(folder, service), newKey(service));
  }
}

/** Takes away the keys before the last rotation; tokens signed with them no longer count. Gives how many there were. */
export function retireKeys(folder: string): number {
  const old = callers.map((service) => oldKeyFile(folder, service)).filter(existsSync);
  for (const file of old) rmSync(file);
  return old.length;
}

/** A private key as JSON. */
function newKey(service: ServiceName): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  const kid = `${service}-${randomBytes(4).toString('hex')}`;
  return JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid, alg: 'EdDSA' });
}

function publicKeys(folder: string, service: ServiceName): readonly object[] {
  const files = [makeKey(folder, service).file, oldKeyFile(folder, service)].filter(existsSync);
  const keys = new Map(files.map(readKey).map((key) => [key.kid, key]));
  return [...keys.values()].map(({ d: _, ...shown }) => shown);
}

function readKey(file: string): Key {
  const text = readFileSync(file, 'utf8');
  try {
    const key = JSON.parse(text) as Key;
    if (key.kid && key.d) return key;
  } catch {
    // Said below: an empty or broken file is no key either.
  }
  throw new Fault(`${file} holds no private key: remove it, and a new one is made.`);
}
