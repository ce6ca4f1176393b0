import type { ServiceName } from '@phone82/service-list';
import { placeOf, type System } from '../system.ts';
import { makeKey, writePublicKeys } from './key-folder.ts';

/** The file with the private key by which a service signs its calls; only its owner can read it. It is made once. */
export const serviceKeyFile = (system: System, service: ServiceName): string =>
  makeKey(placeOf(system, 'keys'), service).file;

/** The file with the public keys of all services that sign calls, as SERVICE_KEYS_FILE wants it. */
export const serviceKeysFile = (system: System): string => writePublicKeys(placeOf(system, 'keys'));
