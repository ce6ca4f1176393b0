import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { isInstalled } from './is-installed.ts';

const entry = (version: string) => ({ version, integrity: `sha512-${version}` });

describe('what is installed', () => {
  let root: string;
  const note = async (wanted: object, present?: object) => {
    await writeFile(path.join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
    await mkdir(path.join(root, 'node_modules'));
    if (present)
      await writeFile(
        path.join(root, 'node_modules', '.package-lock.json'),
        JSON.stringify({ packages: present }),
      );
  };

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'phone82-installed-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  test('fits when every locked package is there in its version', async () => {
    await note(
      { '': { version: '1' }, 'node_modules/a': entry('1.0.0') },
      { 'node_modules/a': entry('1.0.0') },
    );
    assert.equal(isInstalled(root, 'all'), true);
  });

  test('does not fit when a version changed', async () => {
    await note({ 'node_modules/a': entry('1.0.1') }, { 'node_modules/a': entry('1.0.0') });
    assert.equal(isInstalled(root, 'all'), false);
  });

  test('does not fit when a package is missing', async () => {
    await note({ 'node_modules/a': entry('1.0.0') }, {});
    assert.equal(isInstalled(root, 'all'), false);
  });

  test('fits without optional packages, which are for other machines', async () => {
    await note({ 'node_modules/a': { ...entry('1.0.0'), optional: true } }, {});
    assert.equal(isInstalled(root, 'all'), true);
  });

  test('does not fit without the optional package for this very machine', async () => {
    const machine = { os: [process.platform], cpu: [process.arch] };
    await note({ 'node_modules/a': { ...entry('1.0.0'), optional: true, ...machine } }, {});
    assert.equal(isInstalled(root, 'all'), false);
  });

  test('fits production without what only tests need', async () => {
    await note({ 'node_modules/a': { ...entry('1.0.0'), dev: true } }, {});
    assert.equal(isInstalled(root, 'production'), true);
    assert.equal(isInstalled(root, 'all'), false);
  });

  test('does not fit after an interrupted install, which leaves no note', async () => {
    await note({ 'node_modules/a': entry('1.0.0') });
    assert.equal(isInstalled(root, 'all'), false);
  });
});
