import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { type ServiceName, serviceNames, services } from '@phone82/service-list';
import { placeOf, type System } from '../system.ts';

type Key = Readonly<Record<string, unknown>>;

/** Services that call others, and sign their calls. */
const callers = serviceNames.filter((name) => services[name].calls.length > 0);

/** The file with the private key by which a service signs its calls; only its owner can read it. It is made once. */
export function serviceKeyFile(system: System, service: ServiceName): string {
  const file = placeOf(system, 'keys', `${service}.jwk.json`);
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    const kid = `${service}-${randomBytes(4).toString('hex')}`;
    writeWhole(system, file, { ...privateKey.export({ format: 'jwk' }), kid, alg: 'EdDSA' });
  }
  return file;
}

/** The file with the public keys of all services that sign calls, as SERVICE_KEYS_FILE wants it. */
export function serviceKeysFile(system: System): string {
  const file = placeOf(system, 'keys', 'service-keys.json');
  const keys = Object.fromEntries(callers.map((name) => [name, [publicPart(serviceKeyFile(system, name))]]));
  const text = JSON.stringify(keys);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeWhole(system, file, keys);
  return file;
}

function publicPart(file: string): Key {
  const { d: _, ...shown } = JSON.parse(readFileSync(file, 'utf8')) as Key;
  return shown as Key;
}

/** In one step: a process that is killed meanwhile leaves no half of a file. */
function writeWhole(system: System, file: string, content: object): void {
  mkdirSync(placeOf(system, 'keys'), { recursive: true, mode: 0o700 });
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, JSON.stringify(content), { mode: 0o600 });
  renameSync(whole, file);
}
