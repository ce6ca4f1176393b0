import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type QueuedFile, runQueue } from './file-queue.ts';

interface File extends QueuedFile {
  readonly name: string;
}
const file = (name: string, kind: Partial<QueuedFile> = {}): File => ({
  name,
  startsSystem: false,
  isAlone: false,
  ...kind,
});

/** Which files ran beside which, in the order of their starts. */
async function run(files: readonly File[]): Promise<string[]> {
  const running = new Set<string>();
  const seen: string[] = [];
  await runQueue(files, { files: 3, systems: 2 }, async ({ name }) => {
    running.add(name);
    seen.push([...running].join('+'));
    await setImmediate();
    running.delete(name);
  });
  return seen;
}

test('runs every file, as many at a time as may', async () => {
  assert.deepEqual(await run([file('a'), file('b'), file('c'), file('d')]), ['a', 'a+b', 'a+b+c', 'b+c+d']);
});

test('runs two systems at a time, and lets others pass the one that waits', async () => {
  const systems = ['s1', 's2', 's3'].map((name) => file(name, { startsSystem: true }));
  assert.deepEqual((await run([...systems, file('a')])).slice(0, 3), ['s1', 's1+s2', 's1+s2+a']);
});

test('runs nothing beside a file that runs alone', async () => {
  const seen = await run([file('a'), file('b'), file('alone', { isAlone: true }), file('c')]);
  assert.ok(seen.includes('alone'));
  assert.deepEqual(
    seen.filter((names) => names.includes('alone+') || names.includes('+alone')),
    [],
  );
});

test('fails where the work does', async () => {
  await assert.rejects(
    runQueue([file('a')], { files: 1, systems: 1 }, () => Promise.reject(new Error('no disk'))),
    /no disk/,
  );
});
