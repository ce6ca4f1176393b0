import { EmbeddedMariadbError, type EmbeddedMariadbFault } from './errors.ts';

interface Where {
  readonly dataDir: string;
  readonly port?: number;
}

type Reading = readonly [RegExp, EmbeddedMariadbFault, (where: Where) => string];

const READINGS: readonly Reading[] = [
  [
    /No space left on device|Disk quota exceeded|ENOSPC|Disk is full/i,
    'diskFull',
    ({ dataDir }) =>
      `The disk that holds ${dataDir} is full: free some space (200 MB at least) and try again.`,
  ],
  [
    /Address already in use|Can't start server: Bind on TCP\/IP port/i,
    'portTaken',
    ({ port }) => `Port ${port} is taken by another program: stop that program or choose another port.`,
  ],
  [
    /Unable to lock \.\/|Can't lock aria control file/i,
    'inUse',
    ({ dataDir }) => `Another MariaDB still uses ${dataDir}: stop it and try again.`,
  ],
  [
    /Unsupported redo log format|Invalid flags|upgrade after a crash is not supported|downgrade/i,
    'otherVersion',
    ({ dataDir }) =>
      `${dataDir} was made by another version of MariaDB: use the version that made it, or move the folder away to start with empty databases.`,
  ],
  [
    /Permission denied|Read-only file system|EACCES|EROFS|ENOTDIR|ENOENT/i,
    'notWritable',
    ({ dataDir }) => `MariaDB can't write ${dataDir}: make the folder writable for the user that runs it.`,
  ],
];

/** Turns what MariaDB printed before it gave up into an error that a person can act on. */
export function errorFromLog(
  printed: string,
  where: Where,
  otherwise: EmbeddedMariadbFault,
): EmbeddedMariadbError {
  const complaints = printed
    .split('\n')
    .filter((line) => !/\[(Note|Warning)\]/.test(line))
    .join('\n');
  for (const [pattern, fault, sentence] of READINGS) {
    if (pattern.test(complaints))
      return new EmbeddedMariadbError(fault, sentence(where), { cause: printed.trim() });
  }
  const lines = complaints.trim().split('\n');
  const reason = lines.find((line) => /\[ERROR\]|ERROR/.test(line)) ?? lines.at(-1) ?? '';
  const what = otherwise === 'initFailed' ? 'create its data folder' : 'start';
  return new EmbeddedMariadbError(
    otherwise,
    `MariaDB could not ${what} in ${where.dataDir}: ${reason.trim() || 'it printed nothing'}`,
    { cause: printed.trim() },
  );
}
