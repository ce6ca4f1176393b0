import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { installCommand, missingPrograms } from './machine-programs.ts';

let folder: string;
const program = async (name: string, text = '') => {
  await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
  await chmod(join(folder, name), 0o755);
};
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'phone82-programs-'));
});
after(() => rm(folder, { recursive: true }));

test('a program is missing unless all its commands are on the search path', async () => {
  assert.deepEqual(missingPrograms(['siege', 'prometheus'], folder), ['siege', 'prometheus']);
  await program('siege');
  await program('prometheus');
  assert.deepEqual(missingPrograms(['siege', 'prometheus'], folder), ['prometheus']);
  await program('promtool');
  assert.deepEqual(missingPrograms(['siege', 'prometheus'], folder), []);
});

for (const [version, missing] of [
  ['1.8.0_292', true],
  ['11.0.2', true],
  ['17.0.1', false],
  ['21', false],
] as const)
  test(`Java ${version} is ${missing ? 'too old' : 'new enough'}`, async () => {
    await program('java', `echo 'openjdk version "${version}"' >&2`);
    assert.deepEqual(missingPrograms(['java'], folder), missing ? ['java'] : []);
  });

test('one command installs all of them, where it is known', () => {
  const names = ['maven', 'java', 'maven'] as const;
  assert.equal(installCommand(names, 'linux'), 'apt-get install -y maven openjdk-17-jre-headless');
  assert.equal(installCommand(['siege', 'curl'], 'darwin'), 'brew install siege curl');
  assert.equal(installCommand(names, 'darwin'), undefined);
  assert.equal(installCommand(['siege'], 'win32'), undefined);
});
