import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { UsageFault } from '../faults.ts';
import type { Context } from './command.ts';
import { run } from './keys.ts';

async function runIn(folder: string, ...options: readonly string[]) {
  const lines: string[] = [];
  const context = { print: (line: string) => void lines.push(line) } as Context;
  return { code: await run([folder, ...options], context), said: lines.join('\n') };
}

test('keys makes what a Secret needs, says so, and keeps it the second time', async (t) => {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const keys = path.join(folder.path, 'keys');
  const first = await runIn(keys);
  assert.equal(first.code, 0);
  assert.match(first.said, /app: made .*app\.jwk\.json[\s\S]*public keys are in .*service-keys\.json/);
  assert.deepEqual(readdirSync(keys).sort(), ['app.jwk.json', 'pay.jwk.json', 'service-keys.json']);
  assert.match((await runIn(keys)).said, /app: kept .*app\.jwk\.json/);
  assert.match((await runIn(keys, '--rotate')).said, /pay: made a new key/);
  assert.match((await runIn(keys, '--retire')).said, /2 old keys are taken away/);
  assert.match((await runIn(keys, '--retire')).said, /there are no old keys/);
});

test('keys without a folder, or with both steps at once, is a fault of usage', async () => {
  await assert.rejects(run([], {} as Context), UsageFault);
  await assert.rejects(run(['keys', '--rotate', '--retire'], {} as Context), UsageFault);
});
