import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { endOf } from '@phone82/testkit';
import { BareMachine } from './fixtures/bare-machine.ts';

describe('the launcher', () => {
  let machine: BareMachine;

  beforeEach(async () => {
    machine = await BareMachine.create();
  });
  afterEach(() => machine.dispose());

  test('installs once without install scripts, hands its words over, and does nothing the second time', async () => {
    await machine.ownNode();
    const first = await machine.run('logs', 'two words');
    assert.deepEqual([first.code, first.stdout], [0, '["logs","two words"]\n'], first.stderr);
    assert.match(first.stderr, /installing the locked dependencies: done in \d+ s/);
    const [call, ...more] = await machine.npmCalls();
    assert.match(call ?? '', /^install .* --no-save --omit=dev --ignore-scripts /);
    assert.deepEqual(more, []);
    const second = await machine.run('status');
    assert.deepEqual(second, { code: 0, stdout: '["status"]\n', stderr: '' });
    assert.equal((await machine.npmCalls()).length, 1);
  });

  test('installs again when the lock changed', async () => {
    await machine.ownNode();
    await machine.run('status');
    await machine.lock('1.0.1');
    await machine.run('status');
    assert.equal((await machine.npmCalls()).length, 2);
  });

  test('takes what was installed by hand as it is', async () => {
    await machine.ownNode();
    await mkdir(path.join(machine.checkout, 'node_modules'));
    await machine.write(
      'node_modules/.package-lock.json',
      '{"packages":{"node_modules/a":{"version":"1.0.0"}}}',
    );
    assert.equal((await machine.run('status')).code, 0);
    assert.deepEqual(await machine.npmCalls(), []);
  });

  test('installs the tools for tests when tests are asked for', async () => {
    await machine.ownNode();
    await machine.run('test');
    assert.doesNotMatch((await machine.npmCalls()).join(), /--omit=dev/);
  });

  test('brings the pinned Node where the own one is too old, and uses it from then on', async () => {
    await machine.ownNode('18.20.0');
    const first = await machine.run('status');
    assert.equal(first.stdout, '["status"]\n', first.stderr);
    assert.match(first.stderr, new RegExp(`bringing Node ${process.versions.node} from npm`));
    const calls = await machine.npmCalls();
    assert.ok(calls.some((call) => call.includes(`@${process.versions.node}`)));
    assert.equal((await machine.run('status')).stdout, '["status"]\n');
    assert.equal((await machine.npmCalls()).length, calls.length);
  });

  test('brings an older Node where the pinned one does not run, and uses it from then on', async () => {
    await machine.ownNode('20.1.0');
    await machine.program(
      '../pinned-node',
      `#!/bin/sh\n[ "$1" = --version ] && { echo v24.21.0; exit 0; }\nexec "${process.execPath}" "$@"\n`,
    );
    const first = await machine.run('up');
    assert.equal(first.code, 0, first.stderr);
    assert.match(first.stderr, /does not run on this machine .* so Node 24\.21\.0 is brought instead/);
    assert.equal((await machine.run('down')).code, 0);
    const brought = (await machine.npmCalls()).filter((call) => /node-(bin-)?(linux|darwin)/.test(call));
    assert.equal(brought.length, 2);
  });

  test('says so when the Node from npm does not run here', async () => {
    await machine.ownNode('18.20.0');
    await machine.program('../pinned-node', '#!/bin/sh\nexit 1\n');
    const { code, stderr } = await machine.run('up');
    assert.equal(code, 1);
    assert.match(stderr, /does not run on this machine: install Node 24 or later by hand/);
  });

  test('is found through symbolic links, from any folder', async () => {
    await machine.ownNode();
    await symlink(path.join('a check out', 'phone82'), path.join(machine.folder, 'first'));
    await symlink(path.join(machine.folder, 'first'), path.join(machine.folder, 'bin', 'phone82'));
    const { stdout } = await machine.runFrom(path.join(machine.folder, 'bin', 'phone82'), '/', ['status']);
    assert.equal(stdout, '["status"]\n');
  });

  test('two at once install once', async () => {
    await machine.ownNode();
    const both = await Promise.all([machine.run('status'), machine.run('status')]);
    assert.deepEqual(
      both.map(({ code }) => code),
      [0, 0],
      both.map(({ stderr }) => stderr).join('\n'),
    );
    assert.equal((await machine.npmCalls()).length, 1);
  });

  test('is not held up by a step that is over before it could say that it goes on', async () => {
    const launcher = await readFile(path.join(machine.checkout, 'phone82'), 'utf8');
    const [step] = /^step\(\) \{\n.*?^\}\n/ms.exec(launcher) ?? [];
    // With the traps of the launcher's lock: what they do to a subshell that is not a moment old is the point.
    const script = `tools=$1; trap ':' EXIT; trap 'exit 143' TERM HUP\n${step}\nfor turn in 1 2 3 4 5; do step log 'a quick step' true; done`;
    const quick = spawn('sh', ['-c', script, 'sh', machine.folder], {
      timeout: 10_000,
      killSignal: 'SIGKILL',
    });
    const { code, stderr } = await endOf(quick);
    assert.equal(code, 0, stderr);
    assert.equal(stderr.match(/a quick step: done in \d+ s/g)?.length, 5);
  });

  test('is not held up by the lock of an install that was killed', async () => {
    await machine.ownNode();
    const lock = path.join(machine.checkout, '.phone82', 'installing');
    await mkdir(lock, { recursive: true });
    await writeFile(path.join(lock, 'pid'), '4194305');
    assert.equal((await machine.run('status')).code, 0);
  });

  test('a missing npm is said in a sentence', async () => {
    await rm(path.join(machine.folder, 'bin', 'npm'));
    const { code, stderr } = await machine.run('up');
    assert.equal(code, 1);
    assert.equal(
      stderr,
      'phone82: npm is missing: install Node.js (18 or later) with npm, from https://nodejs.org or your package manager.\n',
    );
  });

  test('a disk that fills up during the install is said in a sentence', async () => {
    await machine.ownNode();
    machine.environment.NPM_SAYS = 'npm error code ENOSPC';
    const { code, stderr } = await machine.run('up');
    assert.equal(code, 1);
    assert.match(
      stderr,
      /phone82: the disk that holds .*a check out is full: free 1 GB and start again\.\n$/,
    );
  });

  test('an install that fails shows what npm said, and the next start tries again', async () => {
    await machine.ownNode();
    machine.environment.NPM_SAYS = 'npm error network unreachable';
    const { code, stderr } = await machine.run('up');
    assert.equal(code, 1);
    assert.match(stderr, /network unreachable\nphone82: installing the locked dependencies did not work/);
    machine.environment.NPM_SAYS = '';
    assert.equal((await machine.run('up')).stdout, '["up"]\n');
  });

  test('a checkout that can not be written is said in a sentence', async () => {
    await machine.ownNode();
    await machine.write('.phone82', 'a file in the way');
    const { code, stderr } = await machine.run('up');
    assert.equal(code, 1);
    assert.match(stderr, /can't write .*\.phone82: make the folder of phone82 writable\.\n$/);
  });
});
