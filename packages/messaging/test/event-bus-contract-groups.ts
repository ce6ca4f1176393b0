import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@phone82/testkit';
import type { Subscription } from '../src/index.ts';
import type { Subject } from './bus-under-test.ts';
import { collect, range, received, record, sequence, untilReceived } from './received.ts';

/** Who gets what, and where a group stands. */
export function groupCases(the: Subject): void {
  test('shows every record to every group', async () => {
    const bus = the().open();
    const [one, other] = [received(), received()];
    await collect(bus, 'one', one);
    await collect(the().open(), 'other', other);
    await bus.publish(sequence('a', 1, 10));
    await untilReceived(one, 10, the().timeoutMs);
    await untilReceived(other, 10, the().timeoutMs);
  });

  test('says that a subscription is a member of its group, until it ends', async () => {
    const bus = the().open();
    assert.equal(bus.membership('g'), undefined);
    const subscription = await collect(bus, 'g', received());
    await eventually(() => assert.equal(bus.membership('g'), 'member'), the());
    assert.equal(subscription.membership(), 'member');
    await subscription.stop();
    assert.equal(bus.membership('g'), undefined);
  });

  test('starts a new group at the beginning', async () => {
    const bus = the().open();
    await bus.publish(sequence('a', 1, 10));
    const got = received();
    await collect(bus, 'new', got);
    await untilReceived(got, 10, the().timeoutMs);
    assert.deepEqual(got.numbers('a'), range(1, 10));
  });

  test('goes on where a group stopped, also in another process', async () => {
    const before = received();
    const first = the().open();
    await first.publish(sequence('a', 1, 10));
    await collect(first, 'g', before);
    await untilReceived(before, 10, the().timeoutMs);
    await first.close();
    const second = the().open();
    await second.publish(sequence('a', 11, 12));
    const after = received();
    await collect(second, 'g', after);
    await untilReceived(after, 2, the().timeoutMs);
    await delay(the().quietMs);
    assert.deepEqual(after.numbers('a'), [11, 12]);
  });

  test('gives a group the types that it listens to, and counts the others as consumed', async () => {
    const bus = the().open();
    const typed = (n: number, type: string) => {
      const { headers, ...rest } = record('a', n);
      return { ...rest, headers: { ...headers, ce_type: type } };
    };
    await bus.publish([
      typed(1, 'wanted'),
      typed(2, 'other'),
      record('a', 3),
      typed(4, 'other'),
      typed(5, 'wanted'),
    ]);
    const got = received();
    const types = new Set(['wanted']);
    await collect(bus, 'g', got, { types });
    const wanted = () => got.numbers('a').filter((n) => n % 2 === 1);
    await eventually(() => assert.deepEqual(wanted(), [1, 3, 5]), the());
    await bus.publish([typed(6, 'other'), typed(8, 'other')]);
    await eventually(async () => assert.equal((await bus.lag('g')).total, 0), the());
    await bus.publish([typed(9, 'wanted')]);
    await eventually(() => assert.deepEqual(wanted(), [1, 3, 5, 9]), the());
  });

  test('replays everything to a group that was deleted', async () => {
    const bus = the().open();
    await bus.publish(sequence('a', 1, 5));
    const before = received();
    const subscription = await collect(bus, 'g', before);
    await untilReceived(before, 5, the().timeoutMs);
    await assert.rejects(bus.deleteGroup('g'), /members/);
    await subscription.stop();
    await bus.deleteGroup('g');
    const after = received();
    await collect(bus, 'g', after);
    await untilReceived(after, 5, the().timeoutMs);
    assert.deepEqual(after.numbers('a'), range(1, 5));
  });

  test('says how far a group is behind', async () => {
    const bus = the().open();
    await bus.publish([...sequence('a', 1, 7), ...sequence('b', 1, 3)]);
    assert.equal((await bus.lag('g')).total, 10);
    const got = received();
    const subscription = await collect(bus, 'g', got);
    await eventually(async () => assert.equal((await bus.lag('g')).total, 0), the());
    await subscription.stop();
    await bus.publish(sequence('a', 8, 9));
    const lag = await bus.lag('g');
    assert.equal(lag.total, 2);
    assert.deepEqual(lag.partitions.filter(({ committed, end }) => committed < end).length, 1);
  });

  test('lets several members share the work', async () => {
    const [first, second] = [received(), received()];
    const bus = the().open();
    await collect(bus, 'g', first);
    await collect(the().open(), 'g', second);
    let n = 0;
    await eventually(async () => {
      n++;
      await bus.publish(range(1, 16).map((key) => record(`k${key}`, n)));
      await delay(20);
      assert.ok(first.records.length > 0 && second.records.length > 0);
    }, the());
  });

  test('hands no partition to two members at once while members come and go', async () => {
    const got = received();
    const busy = new Map<number, number>();
    let overlaps = 0;
    const join = (): Promise<Subscription> =>
      the()
        .open()
        .subscribe({
          group: 'g',
          maxRecords: 5,
          onRecords: async (records) => {
            const partition = records[0]?.partition ?? -1;
            if (busy.has(partition)) overlaps++;
            busy.set(partition, 1);
            await delay(3);
            got.records.push(...records);
            busy.delete(partition);
          },
        });
    const publisher = the().open();
    const publishing = (async () => {
      for (const n of range(1, 60)) await publisher.publish(range(1, 10).map((key) => record(`k${key}`, n)));
    })();
    const first = await join();
    const second = await join();
    await delay(100);
    const third = await join();
    await delay(100);
    await first.stop();
    await delay(100);
    await third.stop();
    await publishing;
    await untilReceived(got, 600, the().timeoutMs);
    await second.stop();
    assert.equal(overlaps, 0);
    for (const key of range(1, 10)) assert.deepEqual(got.numbers(`k${key}`), range(1, 60));
  });
}
