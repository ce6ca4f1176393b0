import { callers } from '@phone82/service-list';
import { placeOf, type System } from '../system.ts';
import { makeKey, writePublicKeys } from './key-folder.ts';

/** Makes the keys by which services sign their calls, once, and the file with the public keys. */
export function serviceKeys(system: System): void {
  const folder = placeOf(system, 'keys');
  for (const service of callers) makeKey(folder, service);
  writePublicKeys(folder);
}
