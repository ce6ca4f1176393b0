import assert from 'node:assert/strict';
import { chmod, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runProgram } from '@phone82/checks';
import { temporaryFolder } from '@phone82/testkit';

const ROOT = path.resolve(import.meta.dirname, '..', '..');
/** What every machine has that runs these scripts at all. */
const BASICS =
  'bash sh env awk basename cat chmod cp cut date dirname find git grep head id install mkdir mktemp mv od readlink rm sed sleep sort tail tar touch tr uname'.split(
    ' ',
  );

/** A machine whose PATH has the basics and what is planted, and nothing else. */
interface Machine {
  plant(program: string, script: string): Promise<void>;
  run(script: string, ...words: string[]): Promise<{ code: number | null; stderr: string }>;
}

async function bareMachine(folder: string): Promise<Machine> {
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  for (const tool of BASICS) {
    const { stdout } = await runProgram('sh', ['-c', `command -v ${tool}`]);
    await symlink(stdout.trim(), path.join(bin, tool));
  }
  return {
    plant: async (program, script) => {
      const file = path.join(bin, program);
      await writeFile(file, `#!/bin/sh\n${script}\n`);
      await chmod(file, 0o755);
    },
    run: (script, ...words) =>
      // A Helm that was built here before would be found otherwise.
      runProgram('env', [
        '-i',
        `PATH=${bin}`,
        `HOME=${folder}`,
        `PHONE82_TOOLS_CACHE=${folder}`,
        path.join(ROOT, script),
        ...words,
      ]),
  };
}

describe('on a machine without the programs that a script needs', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let machine: Machine;
  before(async () => {
    folder = await temporaryFolder();
    machine = await bareMachine(folder.path);
  });
  after(() => folder.remove());

  const missing: Readonly<Record<string, readonly [readonly string[], readonly RegExp[]]>> = {
    'deploy/dependencies/images/build': [
      [],
      [
        /^build: docker is missing: .*apt-get install docker\.io/m,
        /^build: mvn is missing: .*install maven/m,
      ],
    ],
    'deploy/dependencies/apply': [['phone82'], [/^apply: kubectl is missing: .*kubernetes\.io/m]],
    'deploy/image/build': [[], [/^build: docker is missing: /m]],
    'deploy/image/make-base': [
      [],
      [
        /^make-base: docker is missing: /m,
        /^make-base: debootstrap is missing: .*apt-get install debootstrap/m,
      ],
    ],
    'deploy/release': [['all', 'phone82:1'], [/^helm: neither Helm \S+ nor Go .*https:\/\/go\.dev\/dl/m]],
    'deploy/scenario/run-all': [
      [],
      [/^run-all: kubectl is missing: /m, /^run-all: jq is missing: .*install jq/m],
    ],
    'deploy/scenario/02-order': [[], [/^02-order: kubectl is missing: /m]],
  };
  for (const [script, [words, sentences]] of Object.entries(missing))
    test(`${script} names them and the command that brings them`, async () => {
      const { code, stderr } = await machine.run(script, ...words);
      assert.notEqual(code, 0);
      for (const sentence of sentences) assert.match(stderr, sentence);
      assert.doesNotMatch(stderr, /command not found/);
    });

  test('deploy/helm/render keeps the manifests that are there', async () => {
    const target = path.join(folder.path, 'k8s');
    await mkdir(target);
    await writeFile(path.join(target, 'app.yaml'), 'kind: Deployment\n');
    const { code, stderr } = await machine.run('deploy/helm/render', target);
    assert.notEqual(code, 0);
    assert.match(stderr, /neither Helm/);
    assert.deepEqual(await readdir(target), ['app.yaml']);
  });

  describe('with a Docker that does not answer', () => {
    before(() => machine.plant('docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1'));

    for (const script of ['deploy/dependencies/images/build', 'deploy/image/build'])
      test(`${script} says so`, async () => {
        const { code, stderr } = await machine.run(
          script,
          ...(script.includes('images') ? ['postgres'] : []),
        );
        assert.equal(code, 1);
        assert.match(stderr, /^build: Docker does not answer \(Cannot connect .*\): start it/m);
      });
  });

  describe('without a registry', () => {
    const REFUSED = 'ERROR: failed to resolve source metadata for docker.io/library/node: no such host';
    before(async () => {
      await machine.plant(
        'docker',
        `case "$*" in *inspect*) exit 1 ;; build*) echo "${REFUSED}"; exit 1 ;; esac`,
      );
      await machine.plant('node', `exec "${process.execPath}" "$@"`);
    });

    test('deploy/image/build names make-base', async () => {
      const { code, stderr } = await machine.run('deploy/image/build');
      assert.equal(code, 1);
      assert.match(stderr, /no such host/);
      assert.match(stderr, /^build: .* from its registry: .*deploy\/image\/make-base/m);
    });

    test('deploy/dependencies/images/build names debootstrap and the way around it', async () => {
      const { code, stderr } = await machine.run('deploy/dependencies/images/build', 'postgres');
      assert.equal(code, 1);
      assert.match(stderr, /^build: debootstrap is missing: .*apt-get install debootstrap/m);
      assert.match(stderr, /DEBIAN_BASE/);
    });
  });
});
