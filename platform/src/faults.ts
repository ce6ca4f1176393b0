import type { LocalServerError } from '@phone82/local-server';

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

// Known by its name, so that commands that need no server load none.
const SERVER_ERROR: LocalServerError['name'] = 'LocalServerError';
const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);
const NOT_WRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR']);

/** The fault behind an error, where its kind is known to have one. */
export function faultBehind(error: unknown, home: string): Fault | undefined {
  if (error instanceof Fault) return error;
  const { name, message, code = '', path } = error as NodeJS.ErrnoException;
  if (name === SERVER_ERROR) return new Fault(message, { cause: error });
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
