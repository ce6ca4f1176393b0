import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAside, LocalServerError, ownFolder, type RunAs, runProgram } from '@phone82/local-server';
import type { Binaries } from './binaries.ts';
import { errorFromLog } from './errors-from-log.ts';

/** A data folder that PostgreSQL can open. */
export interface Cluster {
  /** PostgreSQL's own data folder. */
  readonly folder: string;
  readonly user: string;
  readonly password: string;
  readonly runAs: RunAs;
}

const USER = 'phone82';
const PASSWORD_FILE = 'phone82-password';
const SERVER = {
  name: 'PostgreSQL',
  account: 'postgres',
  entries: new Set(['cluster', 'cluster.new', PASSWORD_FILE, 'postgres.log']),
};

/** Opens the cluster in `dataDir`, creating it where there is none yet. */
export async function openCluster(
  binaries: Binaries,
  dataDir: string,
  options: { durable: boolean; log: (message: string) => void },
): Promise<Cluster> {
  const folder = path.join(dataDir, 'cluster');
  const runAs = await ownFolder(SERVER, { program: binaries.postgres, dataDir, errorFromLog });
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    options.log('creating the database cluster');
    await initialise(binaries, { dataDir, folder, runAs, durable: options.durable });
  } else if (Number.parseInt(version, 10) !== binaries.majorVersion) {
    throw new LocalServerError(
      'otherVersion',
      `${dataDir} was made by PostgreSQL ${version.trim()}, and this is PostgreSQL ${binaries.majorVersion}: ` +
        'use the version that made it, or move the folder away to start with empty databases.',
    );
  }
  const password = (await readFile(path.join(folder, PASSWORD_FILE), 'utf8')).trim();
  return { folder, user: USER, password, runAs };
}

async function initialise(
  { initdb }: Binaries,
  where: { dataDir: string; folder: string; runAs: RunAs; durable: boolean },
): Promise<void> {
  const { dataDir, folder, runAs } = where;
  const fresh = path.join(dataDir, 'cluster.new');
  const passwordFile = path.join(dataDir, PASSWORD_FILE);
  await createAside({ fresh, folder, dataDir, errorFromLog }, async () => {
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await chown(passwordFile, runAs.owner.uid, runAs.owner.gid);
    await runProgram(runAs, dataDir, [initdb, ...initdbArguments(fresh, passwordFile)]);
    await rename(passwordFile, path.join(fresh, PASSWORD_FILE));
    if (where.durable) await runProgram(runAs, dataDir, [initdb, '--sync-only', '-D', fresh]);
  });
}

const initdbArguments = (folder: string, passwordFile: string): string[] => [
  `--pgdata=${folder}`,
  `--username=${USER}`,
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  // The password is 192 random bits: stretching it would only slow every new connection down.
  '--set=scram_iterations=1',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-sync',
  '--no-instructions',
];
