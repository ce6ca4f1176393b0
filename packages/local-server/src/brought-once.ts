import { access, mkdir, rename, rm } from 'node:fs/promises';

/** Whether a file or folder is there. */
export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * Fills a folder of a cache that others use too: what `bring` puts aside takes the folder's name when it is complete. `bring`'s
 * errors are the caller's to read; what it left is removed.
 */
export async function bringOnce(folder: string, bring: (fresh: string) => Promise<void>): Promise<void> {
  const fresh = `${folder}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    await bring(fresh);
    // Who was quicker has the same files there: theirs are taken.
    await rename(fresh, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
