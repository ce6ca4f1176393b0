import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  chown,
  lchown,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { errorFromLog } from './errors-from-log.ts';
import { chooseRunAs, type RunAs } from './run-as.ts';

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
const OWN_ENTRIES = new Set(['cluster', 'cluster.new', PASSWORD_FILE, 'postgres.log']);

/** Opens the cluster in `dataDir`, creating it where there is none yet. */
export async function openCluster(
  binaries: Binaries,
  dataDir: string,
  options: { durable: boolean; log: (message: string) => void },
): Promise<Cluster> {
  const folder = path.join(dataDir, 'cluster');
  await makeFolder(dataDir);
  const runAs = await chooseRunAs(binaries.postgres, dataDir);
  await give(dataDir, runAs.owner);
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

/**
 * PostgreSQL opens only a folder of its own user; after a change of that user the cluster changes hands.
 * Nothing beside the cluster is touched, whatever the caller named as the data folder.
 */
async function give(dataDir: string, owner: RunAs['owner']): Promise<void> {
  if ((await stat(dataDir)).uid === owner.uid) return;
  const entries = await readdir(dataDir);
  const foreign = entries.find((entry) => !OWN_ENTRIES.has(entry));
  if (foreign !== undefined) {
    throw new EmbeddedPostgresError(
      'notWritable',
      `${dataDir} holds "${foreign}", which is not PostgreSQL's: name a folder for the database alone.`,
    );
  }
  for (const entry of await readdir(dataDir, { recursive: true })) {
    await lchown(path.join(dataDir, entry), owner.uid, owner.gid);
  }
  await chown(dataDir, owner.uid, owner.gid);
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
