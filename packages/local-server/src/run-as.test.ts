import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { chooseRunAs } from './run-as.ts';

const server = { name: 'A server', account: 'postgres' };

for (const mode of [0o755, 0o700]) {
  test(`finds a way that is not root into a folder below one of mode ${mode.toString(8)}`, async () => {
    const above = await mkdtemp(path.join(tmpdir(), 'phone82-run-as-'));
    const folder = path.join(above, 'data');
    await mkdir(folder);
    await chmod(above, mode);
    const way = await chooseRunAs(server, process.execPath, folder);
    const [command = '', ...args] = [...way.prefix, 'sh', '-c', 'cd "$1" && id -u', 'sh', folder];
    const { stdout } = await promisify(execFile)(command, args, { ...way.user });
    assert.notEqual(stdout.trim(), '0');
    await rm(above, { recursive: true });
  });
}

test('the caller runs the server as itself unless it is root', async () => {
  const way = await chooseRunAs(server, process.execPath, tmpdir(), { uid: 1234, gid: 5678, named: true });
  assert.deepEqual(way, { prefix: [], owner: { uid: 1234, gid: 5678 } });
});
