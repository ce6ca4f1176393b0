import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createAside, ownFolder, type RunAs, runProgram } from '@phone82/local-server';
import type { Binaries } from './binaries.ts';
import { errorFromLog } from './errors-from-log.ts';

/** A data folder that MariaDB can open. */
export interface DataFolder {
  /** MariaDB's own data folder. */
  readonly folder: string;
  /** For its temporary tables: a server that starts removes those it finds, other servers' as well. */
  readonly temporary: string;
  /** What the server reads as it starts: who may connect. */
  readonly initFile: string;
  readonly user: string;
  readonly password: string;
  readonly runAs: RunAs;
}

const USER = 'phone82';
const PASSWORD_FILE = 'phone82-password';
const INIT_FILE = 'phone82-init.sql';
const SERVER = {
  name: 'MariaDB',
  account: 'mysql',
  entries: new Set(['data', 'data.new', 'tmp', 'mariadb.log']),
};

/** Opens the data folder in `dataDir`, creating it where there is none yet. */
export async function openDataFolder(
  binaries: Binaries,
  dataDir: string,
  options: { durable: boolean; log: (message: string) => void },
): Promise<DataFolder> {
  const folder = path.join(dataDir, 'data');
  const temporary = path.join(dataDir, 'tmp');
  const runAs = await ownFolder(SERVER, { program: binaries.mariadbd, dataDir, errorFromLog });
  await mkdir(temporary, { recursive: true, mode: 0o700 });
  await chown(temporary, runAs.owner.uid, runAs.owner.gid);
  if (!(await stat(folder).catch(() => undefined))) {
    options.log('creating the database folder of MariaDB');
    await initialise(binaries, { dataDir, folder, temporary, runAs });
  }
  const password = (await readFile(path.join(folder, PASSWORD_FILE), 'utf8')).trim();
  return { folder, temporary, initFile: path.join(folder, INIT_FILE), user: USER, password, runAs };
}

async function initialise(
  { installDb }: Binaries,
  where: Record<'dataDir' | 'folder' | 'temporary', string> & { runAs: RunAs },
): Promise<void> {
  const { dataDir, folder, temporary, runAs } = where;
  const fresh = path.join(dataDir, 'data.new');
  await createAside({ fresh, folder, dataDir, errorFromLog }, async () => {
    await runProgram(runAs, dataDir, [installDb, ...installArguments(fresh, temporary)]);
    const password = randomBytes(24).toString('base64url');
    await writeSecret(path.join(fresh, PASSWORD_FILE), `${password}\n`, runAs.owner);
    await writeSecret(path.join(fresh, INIT_FILE), accounts(password), runAs.owner);
  });
}

async function writeSecret(file: string, text: string, { uid, gid }: RunAs['owner']): Promise<void> {
  await writeFile(file, text, { mode: 0o600 });
  await chown(file, uid, gid);
}

const installArguments = (folder: string, temporary: string): string[] => [
  '--no-defaults',
  `--datadir=${folder}`,
  `--tmpdir=${temporary}`,
  '--auth-root-authentication-method=normal',
  '--skip-test-db',
  '--innodb-log-file-size=16M',
  '--innodb-flush-log-at-trx-commit=0',
];

/** One statement a line, as the server wants it. The users without a password that every new server has are removed. */
const accounts = (password: string): string =>
  [
    `create user if not exists ${USER}@127.0.0.1 identified by '${password}';`,
    `grant all on *.* to ${USER}@127.0.0.1 with grant option;`,
    "delete from mysql.global_priv where User in ('root', '');",
    'flush privileges;',
    '',
  ].join('\n');
