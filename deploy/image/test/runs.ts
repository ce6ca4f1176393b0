import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { runRole } from '../../tools/docker.ts';
import { type SystemOfContainers, startSystemOfContainers } from './support/system-of-containers.ts';

const image = process.env.PHONE82_IMAGE ?? 'phone82:0.1.0';

describe('all roles of the image, read-only, without rights, as nobody', () => {
  let system: SystemOfContainers;

  before(async () => {
    system = await startSystemOfContainers(image);
  });
  after(() => system?.remove());

  test('start on schemas that were brought up to date before', () => {
    assert.equal(system.migrations.length, 3);
    for (const said of system.migrations) assert.match(said, /the schema is up to date/);
  });

  test('take an order through to its mileage', async () => {
    const placed = await system.gateway.post('/orders', { item: 'LG10', qty: 1 });
    assert.equal(placed.status, 201, placed.text);
    const story = async () => {
      const { status, point } = (await system.gateway.get(`/customers/${placed.body.id}`)).body;
      assert.deepEqual([status, point], ['Shipped', 300_000]);
    };
    await eventually(story, { timeoutMs: 30_000 });
  });

  test('end by themselves, with 0, when they are asked to', async () => {
    for (const [name, role] of [...system.roles].reverse())
      assert.deepEqual([name, await role.stop()], [name, 0], await role.logs());
  });
});

test('a role that is not there is refused with the names of those that are', async () => {
  const { code, stderr } = await runRole(image, {}, 'shop');
  assert.equal(code, 2);
  assert.match(stderr, /name what to run: app, pay, store/);
});

test('a migration without a database says what is missing', async () => {
  const { code, stderr } = await runRole(image, {}, 'migrate', 'store');
  assert.equal(code, 1);
  assert.match(stderr, /DATABASE_URL is missing/);
});

test('a service that is reached from outside does not start without what tells callers apart', async () => {
  const { code, stdout, stderr } = await runRole(
    image,
    { DATABASE_URL: 'sqlite:///data/app.db', BUS_URL: 'sqlite:///data/bus.db' },
    'app',
  );
  assert.equal(code, 1);
  for (const key of ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'SERVICE_KEY_FILE'])
    assert.match(`${stdout}${stderr}`, new RegExp(`${key} is missing`));
});
