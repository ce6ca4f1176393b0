import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  busWith,
  eventually,
  jumpingEnvironment,
  startTestPostgres,
  startTestService,
} from '@phone82/testkit';
import { customer } from '../src/build.ts';

test('customer is ready while its view stands still, and says which group', async (t) => {
  const postgres = await startTestPostgres();
  const environment = jumpingEnvironment();
  const stuck = { partitions: [{ partition: 3, committed: 7, end: 9 }], total: 2 };
  const service = await startTestService(customer, {
    databaseUrl: await postgres.freshDatabase(),
    environment,
    between: (bus) => busWith(bus, { lag: async () => stuck }),
  });
  t.after(async () => {
    await service.stop();
    await postgres.stop();
  });
  await eventually(async () => {
    environment.jump(5_000);
    const { status, body } = await service.get('/readyz');
    assert.deepEqual([status, body.warnings], [200, ['consumer']]);
    assert.match(body.checks.consumer, /^partition 3 of the group customer\S* made no progress/);
  });
});
