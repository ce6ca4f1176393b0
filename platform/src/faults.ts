import type { EmbeddedKafkaError } from '@phone82/embedded-kafka';
import type { EmbeddedMariadbError } from '@phone82/embedded-mariadb';
import type { EmbeddedPostgresError } from '@phone82/embedded-postgres';

/** Something a person has to put right; the message is one sentence that says what. */
export class Fault extends Error {
  override readonly name: string = 'Fault';
  readonly exitCode: number = 1;
}

/** The command line was not understood. */
export class UsageFault extends Fault {
  override readonly name = 'UsageFault';
  override readonly exitCode = 2;
}

// Known by their names, so that commands that need no server don't load its client.
const SERVER_ERRORS: readonly string[] = [
  'EmbeddedPostgresError' satisfies EmbeddedPostgresError['name'],
  'EmbeddedKafkaError' satisfies EmbeddedKafkaError['name'],
  'EmbeddedMariadbError' satisfies EmbeddedMariadbError['name'],
];
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** The fault behind an error, where its kind is known to have one. */
export function faultBehind(error: unknown, home: string): Fault | undefined {
  if (error instanceof Fault) return error;
  const { name, message, code = '', path } = error as NodeJS.ErrnoException;
  if (SERVER_ERRORS.includes(name)) return new Fault(message, { cause: error });
  if (isDiskFull(error)) return diskFull(home);
  if (NOT_WRITABLE.has(code)) return notWritable(path ?? home);
  return undefined;
}

export const isDiskFull = (error: unknown) => DISK_FULL.has((error as NodeJS.ErrnoException).code ?? '');

export const diskFull = (home: string) =>
  new Fault(
    `The disk that holds ${home} is full: free 200 MB at least, or put the data elsewhere with PHONE82_HOME.`,
  );

export const notWritable = (place: string) =>
  new Fault(`can't write ${place}: make it writable, or put the data elsewhere with PHONE82_HOME.`);

export const notRunning = () => new Fault('nothing is running: start it with "./phone82 up --detach".');
