import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const ASIDE = '.wiped-';

/**
 * Removes these files and folders of a data folder. They are first put aside, all in a moment: a process that is killed meanwhile
 * leaves no half database, and what it left aside goes with the next time.
 */
export async function wipe(home: string, names: readonly string[]): Promise<void> {
  const aside = path.join(home, `${ASIDE}${process.pid}`);
  await mkdir(aside, { recursive: true });
  for (const name of names)
    await rename(path.join(home, name), path.join(aside, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  const left = (await readdir(home)).filter((name) => name.startsWith(ASIDE));
  for (const name of left) await rm(path.join(home, name), { recursive: true, force: true });
}
