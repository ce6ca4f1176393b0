import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import {
  acquireLease,
  type Lease,
  migrate,
  platformMigrations,
  releaseLease,
  renewLease,
} from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

eachDatabase('leases', (the) => {
  beforeEach(() => migrate(the().database, platformMigrations));
  const acquire = (owner: string, ttlMs = 60_000) => acquireLease(the().database, 'job', owner, ttlMs);

  test('have one owner at a time', async () => {
    const taken = await Promise.all(['a', 'b', 'c'].map((owner) => acquire(owner)));
    assert.equal(taken.filter(Boolean).length, 1);
  });

  test('can be taken again by their owner, with the same token', async () => {
    const first = await acquire('a');
    assert.deepEqual(await acquire('a'), first);
  });

  test('are free once released, and their token grows with the owner', async () => {
    const first = (await acquire('a')) as Lease;
    await releaseLease(the().database, first);
    const second = (await acquire('b')) as Lease;
    assert.ok(second.token > first.token);
    assert.equal(await renewLease(the().database, first, 60_000), false);
    assert.equal(await renewLease(the().database, second, 60_000), true);
  });

  test('are lost when they expire, and a former owner cannot take them from the next', async () => {
    const first = (await acquire('a', 30)) as Lease;
    const second = await eventually(async () => {
      const lease = await acquire('b');
      assert.ok(lease);
      return lease;
    });
    assert.ok(second.token > first.token);
    assert.equal(await renewLease(the().database, first, 60_000), false);
    await releaseLease(the().database, first);
    assert.equal(await acquire('c'), undefined);
  });

  test('do not disturb each other under different names', async () => {
    await acquire('a');
    assert.ok(await acquireLease(the().database, 'other', 'b', 60_000));
  });
});
