import { EmbeddedPostgresError, type EmbeddedPostgresFault } from './errors.ts';

interface Where {
  readonly dataDir: string;
  readonly port?: number;
}

type Reading = readonly [RegExp, EmbeddedPostgresFault, (where: Where) => string];

const READINGS: readonly Reading[] = [
  [
    /No space left on device|Disk quota exceeded|ENOSPC/i,
    'diskFull',
    ({ dataDir }) =>
      `The disk that holds ${dataDir} is full: free some space (200 MB at least) and try again.`,
  ],
  [
    /Address already in use|could not bind/i,
    'portTaken',
    ({ port }) => `Port ${port} is taken by another program: stop that program or choose another port.`,
  ],
  [
    /lock file .* already exists|pre-existing shared memory block/i,
    'inUse',
    ({ dataDir }) => `Another PostgreSQL still uses ${dataDir}: stop it and try again.`,
  ],
  [
    /could not look up effective user ID/,
    'rootRefused',
    () => "PostgreSQL can't run as a user without a name: run phone82 as a user of this machine.",
  ],
  [
    /Permission denied|Read-only file system|EACCES|EROFS|ENOTDIR|ENOENT/i,
    'notWritable',
    ({ dataDir }) => `PostgreSQL can't write ${dataDir}: make the folder writable for the user that runs it.`,
  ],
];

/** Turns what PostgreSQL printed before it gave up into an error that a person can act on. */
export function errorFromLog(
  printed: string,
  where: Where,
  otherwise: EmbeddedPostgresFault,
): EmbeddedPostgresError {
  for (const [pattern, fault, sentence] of READINGS) {
    if (pattern.test(printed))
      return new EmbeddedPostgresError(fault, sentence(where), { cause: printed.trim() });
  }
  const lines = printed.trim().split('\n');
  const reason = lines.find((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? 'no output';
  const what = otherwise === 'initFailed' ? 'create its data folder' : 'start';
  return new EmbeddedPostgresError(
    otherwise,
    `PostgreSQL could not ${what} in ${where.dataDir}: ${reason.trim() || 'it printed nothing'}`,
    { cause: printed.trim() },
  );
}
