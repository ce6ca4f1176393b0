import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { LocalServerError, machinePrograms } from '@phone82/local-server';

export interface Binaries {
  readonly mariadbd: string;
  readonly installDb: string;
}

/**
 * The server's programs on this machine.
 * @throws LocalServerError that says what to install.
 */
export async function findBinaries(
  searchPath = process.env.PATH ?? '',
  usual: readonly string[] = machinePrograms.mariadb.folders ?? [],
): Promise<Binaries> {
  const folders = [...searchPath.split(path.delimiter).filter(Boolean), ...usual];
  const mariadbd = await find('mariadbd', folders);
  const installDb = await find('mariadb-install-db', folders);
  if (mariadbd && installDb) return { mariadbd, installDb };
  throw new LocalServerError(
    'binariesMissing',
    `MariaDB is not installed on this machine (no ${mariadbd ? 'mariadb-install-db' : 'mariadbd'}): install its server, ` +
      'on Debian and Ubuntu with "apt-get install mariadb-server".',
  );
}

async function find(program: string, folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    const file = path.join(folder, program);
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}
