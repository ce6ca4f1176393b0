import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { EventBus } from '@phone82/messaging';
import {
  busWith,
  eventually,
  jumpingEnvironment,
  startTestService,
  type TestService,
  temporaryFolder,
} from '@phone82/testkit';
import { tallyService } from './fixtures/tally-definition.ts';

describe('the readiness of a service', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let service: TestService;
  let logIsAway = false;
  let logHangs = false;
  let isRefused = false;

  const between = (bus: EventBus) =>
    busWith(bus, {
      membership: (group) => (isRefused ? 'refused' : bus.membership(group)),
      ping: async () => {
        if (logIsAway) throw new Error('connect ECONNREFUSED');
        if (logHangs) await new Promise(() => undefined);
      },
    });
  const readiness = async () => {
    const { status, body } = await service.get('/readyz');
    return [status, body.status, body.checks.bus, body.warnings];
  };

  before(async () => {
    folder = await temporaryFolder();
    const databaseUrl = `sqlite://${join(folder.path, 'tally.db')}`;
    service = await startTestService(tallyService(), { databaseUrl, between, jobsMayFail: true });
  });
  after(async () => {
    await service.stop();
    await folder.remove();
  });

  test('does not depend on the log: events wait in the outbox, and the answer warns of it', async () => {
    logIsAway = true;
    assert.deepEqual(await readiness(), [200, 'up', 'connect ECONNREFUSED', ['bus']]);
    assert.match((await service.get('/metrics')).text, /^log_reachable\{service="tally"\} 0$/m);
    logIsAway = false;
  });

  test('is told in time although the log hangs', async () => {
    logHangs = true;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const startedAt = performance.now();
    assert.deepEqual(await readiness(), [200, 'up', 'no answer in time', ['bus']]);
    assert.ok(performance.now() - startedAt < 900);
    logHangs = false;
  });

  test('depends on the place in the consumer group', async () => {
    isRefused = true;
    const { status, body } = await service.get('/readyz');
    assert.equal(status, 503);
    assert.match(body.checks.consumerGroup, /does not let this process into the consumer group tally/);
    isRefused = false;
    assert.equal((await service.get('/readyz')).status, 200);
  });

  test('depends on the database', async () => {
    await service.database.close();
    const { status, body } = await service.get('/readyz');
    assert.deepEqual([status, body.status], [503, 'down']);
    assert.notEqual(body.checks.database, 'up');
  });
});

test('a service whose consumer stands still is ready, and says which partition and since when', async (t) => {
  const folder = await temporaryFolder();
  const environment = jumpingEnvironment();
  const stuck = { partitions: [{ partition: 3, committed: 7, end: 9 }], total: 2 };
  const service = await startTestService(tallyService(), {
    databaseUrl: `sqlite://${join(folder.path, 'tally.db')}`,
    environment,
    between: (bus) => busWith(bus, { lag: async () => stuck }),
  });
  t.after(async () => {
    await service.stop();
    await folder.remove();
  });
  assert.equal((await service.get('/readyz')).body.checks.consumer, 'up');
  await eventually(async () => {
    environment.jump(5_000);
    const { status, body } = await service.get('/readyz');
    assert.deepEqual([status, body.warnings], [200, ['consumer']]);
    assert.match(body.checks.consumer, /^partition 3 of the group tally made no progress since \d{4}-/);
  });
});
