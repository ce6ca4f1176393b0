import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { placeOf, type System } from '../system.ts';

const KEY_BYTES = 32;

/** A file of the data folder with a random key of 32 bytes in base64, which only its owner can read. It is made once. */
export function keyFile(system: System, name: string): string {
  const file = placeOf(system, 'keys', `${name}.key`);
  if (existsSync(file)) return file;
  mkdirSync(placeOf(system, 'keys'), { recursive: true, mode: 0o700 });
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  // In one step: a process that is killed meanwhile leaves no half of a key.
  renameSync(whole, file);
  return file;
}
