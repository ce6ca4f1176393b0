import { type DatabaseServerFault, LocalServerError } from './local-server-error.ts';

interface Where {
  readonly dataDir: string;
  readonly port?: number;
}

type Told = Exclude<DatabaseServerFault, 'binariesMissing' | 'initFailed' | 'startFailed'>;

/** How a server speaks of what is in its way. */
export interface ServerWords {
  /** As a person calls the server. */
  readonly name: string;
  /** What each fault is known by; the first that fits counts. */
  readonly faults: readonly (readonly [RegExp, Told])[];
  /** Lines that say nothing of why it gave up. Default: none. */
  readonly notes?: RegExp;
  /** The line that carries the reason, where no fault is known. */
  readonly reason: RegExp;
}

/** Turns what a server printed before it gave up into an error that a person can act on. */
export type ErrorFromLog = (
  printed: string,
  where: Where,
  otherwise: DatabaseServerFault,
) => LocalServerError;

export function errorsFromLog({ name, faults, notes, reason }: ServerWords): ErrorFromLog {
  return (printed, where, otherwise) => {
    const lines = printed.split('\n').filter((line) => !notes?.test(line));
    const complaints = lines.join('\n').trim();
    const cause = printed.trim();
    const [, known] = faults.find(([pattern]) => pattern.test(complaints)) ?? [];
    if (known) return new LocalServerError(known, sentences[known](name, where), { cause });
    const told = complaints.split('\n');
    const why = (told.find((line) => reason.test(line)) ?? told.at(-1) ?? '').trim();
    const what = otherwise === 'initFailed' ? 'create its data folder' : 'start';
    return new LocalServerError(
      otherwise,
      `${name} could not ${what} in ${where.dataDir}: ${why || 'it printed nothing'}`,
      { cause },
    );
  };
}

const sentences: Readonly<Record<Told, (name: string, where: Where) => string>> = {
  diskFull: (_, { dataDir }) =>
    `The disk that holds ${dataDir} is full: free some space (200 MB at least) and try again.`,
  portTaken: (_, { port }) =>
    `Port ${port} is taken by another program: stop that program or choose another port.`,
  inUse: (name, { dataDir }) => `Another ${name} still uses ${dataDir}: stop it and try again.`,
  otherVersion: (name, { dataDir }) =>
    `${dataDir} was made by another version of ${name}: use the version that made it, or move the folder away to start with empty databases.`,
  rootRefused: (name) => `${name} can't run as a user without a name: run phone82 as a user of this machine.`,
  notWritable: (name, { dataDir }) =>
    `${name} can't write ${dataDir}: make the folder writable for the user that runs it.`,
};
