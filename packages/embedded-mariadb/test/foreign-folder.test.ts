import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { startEmbeddedMariadb } from '../src/index.ts';

test('takes no folder in hand that holds something else', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'phone82-foreign-'));
  const mine = path.join(folder, 'thesis.txt');
  await writeFile(mine, 'mine');
  // Open to others, so that the server would run as one of them.
  await chmod(folder, 0o755);
  const before = await stat(mine);
  try {
    // An ordinary user's server runs as that user, and has nothing to take in hand.
    if (process.getuid?.() === 0) {
      await assert.rejects(startEmbeddedMariadb({ dataDir: folder }), /holds "thesis.txt"/);
    }
    assert.equal((await stat(mine)).uid, before.uid);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
