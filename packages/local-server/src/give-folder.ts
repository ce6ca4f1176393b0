import { chown, lchown, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { LocalServerError } from './local-server-error.ts';
import type { RunAs } from './run-as.ts';

/**
 * A database server opens only a folder of its own user; after a change of that user the folder changes hands.
 * @throws LocalServerError where there is more in it than these entries: whatever the caller named as the data
 * folder, nothing of someone else's is touched.
 */
export async function giveFolder(
  folder: string,
  owner: RunAs['owner'],
  server: { readonly name: string; readonly entries: ReadonlySet<string> },
): Promise<void> {
  if ((await stat(folder)).uid === owner.uid) return;
  const foreign = (await readdir(folder)).find((entry) => !server.entries.has(entry));
  if (foreign !== undefined) {
    throw new LocalServerError(
      'notWritable',
      `${folder} holds "${foreign}", which is not ${server.name}'s: name a folder for the database alone.`,
    );
  }
  for (const entry of await readdir(folder, { recursive: true })) {
    await lchown(path.join(folder, entry), owner.uid, owner.gid);
  }
  await chown(folder, owner.uid, owner.gid);
}
