import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import {
  chooseRunAs,
  ForeignFolderError,
  giveFolder,
  RootRefusedError,
  type RunAs,
} from '@phone82/local-server';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
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
  await makeFolder(dataDir);
  const runAs = await takeInHand(binaries, dataDir);
  const version = await readFile(path.join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version === undefined) {
    options.log('creating the database cluster');
    await initialise(binaries, { dataDir, folder, runAs, durable: options.durable });
  } else if (Number.parseInt(version, 10) !== binaries.majorVersion) {
    throw new EmbeddedPostgresError(
      'otherVersion',
      `${dataDir} was made by PostgreSQL ${version.trim()}, and this is PostgreSQL ${binaries.majorVersion}: ` +
        'use the version that made it, or move the folder away to start with empty databases.',
    );
  }
  const password = (await readFile(path.join(folder, PASSWORD_FILE), 'utf8')).trim();
  return { folder, user: USER, password, runAs };
}

async function makeFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o755 });
  } catch (error) {
    throw errorFromLog(describe(error), { dataDir }, 'notWritable');
  }
}

async function takeInHand(binaries: Binaries, dataDir: string): Promise<RunAs> {
  try {
    const runAs = await chooseRunAs(SERVER, binaries.postgres, dataDir);
    await giveFolder(dataDir, runAs.owner, SERVER);
    return runAs;
  } catch (error) {
    if (error instanceof RootRefusedError) throw new EmbeddedPostgresError('rootRefused', error.message);
    if (error instanceof ForeignFolderError) throw new EmbeddedPostgresError('notWritable', error.message);
    throw error;
  }
}

/** Works in a folder aside and renames it when complete, so that an interrupted start leaves no half cluster. */
async function initialise(
  binaries: Binaries,
  where: { dataDir: string; folder: string; runAs: RunAs; durable: boolean },
): Promise<void> {
  const { dataDir, folder, runAs } = where;
  const fresh = path.join(dataDir, 'cluster.new');
  const passwordFile = path.join(dataDir, PASSWORD_FILE);
  try {
    await rm(fresh, { recursive: true, force: true });
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await chown(passwordFile, runAs.owner.uid, runAs.owner.gid);
    await run(runAs, dataDir, [binaries.initdb, ...initdbArguments(fresh, passwordFile)]);
    await rename(passwordFile, path.join(fresh, PASSWORD_FILE));
    if (where.durable) await run(runAs, dataDir, [binaries.initdb, '--sync-only', '-D', fresh]);
    await chmod(fresh, 0o700);
    await rename(fresh, folder);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw errorFromLog(describe(error), { dataDir }, 'initFailed');
  }
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

async function run(runAs: RunAs, cwd: string, words: readonly string[]): Promise<void> {
  const [command = '', ...args] = [...runAs.prefix, ...words];
  await promisify(execFile)(command, args, { ...runAs.user, cwd, env: { ...process.env, TZ: 'UTC' } });
}

const describe = (error: unknown): string => {
  const { stderr, message } = error as { stderr?: string; message: string };
  return stderr?.trim() ? stderr : message;
};
