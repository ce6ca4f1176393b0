import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { prepareStorage } from './storage.ts';

describe('a broker on a folder that was formatted before', () => {
  let folder: string;
  const settingsOf = async (mark: string) => {
    await writeFile(path.join(folder, 'formatted'), mark);
    return readFile(await prepareStorage('', folder, { port: 1, controllerPort: 2 }), 'utf8');
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'phone82-kafka-folder-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('flushes all, where an earlier version made the topic', async () => {
    assert.match(await settingsOf(''), /^log\.flush\.interval\.messages=1$/m);
  });

  test('leaves it to the topics, which say so by themselves now', async () => {
    assert.doesNotMatch(await settingsOf('topics say whether they are flushed\n'), /flush/);
  });
});
