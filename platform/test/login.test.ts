import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { endOf } from '@phone82/testkit';
import { placeOf } from '../src/system.ts';
import { SystemUnderTest } from './fixtures/system-under-test.ts';

const TOPOLOGY = path.join(import.meta.dirname, 'fixtures', 'issuer-topology.ts');

describe('signing in from the terminal', () => {
  let sut: SystemUnderTest;
  let firstUp: string;

  before(async () => {
    sut = await SystemUnderTest.create({ PHONE82_TOPOLOGY: TOPOLOGY });
    assert.match((await sut.run('login', 'customer')).stderr, /nothing is running/);
    const { code, stdout, stderr } = await sut.run('up', '--detach');
    assert.equal(code, 0, stderr);
    firstUp = stdout;
  });
  after(() => sut.dispose());

  const linkPattern = () =>
    `http://localhost:${8080 + sut.system.portOffset}/session/sign-in\\?ticket=[\\w-]{43}`;
  const secrets = async () => {
    const names = await readdir(placeOf(sut.system, 'keys'));
    return Promise.all(names.map((name) => readFile(placeOf(sut.system, 'keys', name), 'utf8')));
  };

  test('up prints a one-time link for each role', () => {
    for (const role of ['agency', 'customer', 'marketing', 'operator'])
      assert.match(firstUp, new RegExp(`^ {2}${role} +${linkPattern()}$`, 'm'));
  });

  test('login prints a new link alone', async () => {
    const { code, stdout } = await sut.run('login', 'customer2');
    assert.equal(code, 0);
    assert.match(stdout, new RegExp(`^${linkPattern()}\n$`));
    assert.notEqual((await sut.run('login', 'customer2')).stdout, stdout);
  });

  test('login --token prints an access token alone', async () => {
    const { code, stdout, stderr } = await sut.run('login', 'agency', '--token');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const claims = JSON.parse(Buffer.from(stdout.split('.')[1] ?? '', 'base64url').toString());
    assert.equal(claims.sub, 'agency');
    assert.equal(claims.iss, `http://localhost:${8088 + sut.system.portOffset}`);
  });

  test('an unknown role, or none, is answered with those that there are', async () => {
    const unknown = await sut.run('login', 'shop');
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.stderr,
      /no role "shop": name one of agency, customer, customer2, marketing, operator/,
    );
    assert.equal((await sut.run('login')).code, 2);
  });

  test('status ends with how to get a link', async () => {
    const { stdout } = await sut.run('status');
    assert.match(stdout.trimEnd().split('\n').at(-1) ?? '', /"\.\/phone82 login ROLE"/);
  });

  test('only the owner can read the secrets, and no process shows them', async () => {
    const folder = placeOf(sut.system, 'keys');
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    for (const name of await readdir(folder))
      assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600, name);
    const gateway = await sut.environmentOf('gateway');
    for (const secret of await secrets())
      assert.equal(JSON.stringify(gateway).includes(secret.trim()), false);
  });

  test('a stopped issuer is named, with the command that starts it', async () => {
    await sut.run('stop', 'identity');
    const { code, stdout, stderr } = await sut.run('login', 'customer');
    assert.deepEqual({ code, stdout }, { code: 1, stdout: '' });
    assert.match(stderr, /identity is not running: start it with "\.\/phone82 start identity"/);
    assert.equal((await sut.run('start', 'identity')).code, 0);
  });

  test('a second start keeps the secrets, production is refused, and reset deletes the secrets', async () => {
    const before = await secrets();
    await sut.run('down');
    const refused = await endOf(sut.spawnWith({ PHONE82_ENV: 'production' }, 'up', '--detach'));
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /identity refuses to start\. .*set OIDC_ISSUER to an issuer of your own/);
    assert.equal((await sut.run('up', '--detach')).code, 0);
    assert.deepEqual(await secrets(), before);
    assert.equal((await sut.run('login', 'operator')).code, 0);
    assert.equal((await sut.run('reset', '--yes')).code, 0);
    await assert.rejects(secrets(), { code: 'ENOENT' });
  });
});
