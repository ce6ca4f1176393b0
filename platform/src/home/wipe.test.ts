import assert from 'node:assert/strict';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { wipe } from './wipe.ts';

test('the named are gone, also what an interrupted wipe had put aside, and the others stay', async (t) => {
  const { path: home, remove } = await temporaryFolder();
  t.after(remove);
  await mkdir(path.join(home, 'postgres', 'cluster'), { recursive: true });
  await mkdir(path.join(home, '.wiped-1', 'sqlite'), { recursive: true });
  for (const name of ['version.json', 'kept']) await writeFile(path.join(home, name), '');
  await wipe(home, ['postgres', 'version.json', 'never-there']);
  assert.deepEqual(await readdir(home), ['kept']);
});
