import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { TOPIC } from '@phone82/contracts';
import type { Subject } from './bus-under-test.ts';
import { collect, range, received, record, sequence, untilReceived } from './received.ts';

/** What arrives, and in which order. */
export function deliveryCases(the: Subject): void {
  test('delivers a record as it was published, with its place in the log', async () => {
    const bus = the().open();
    const got = received();
    await collect(bus, 'g', got);
    const value = JSON.stringify({ name: '갤럭시 📱 \u0000 "quoted" \\ é', n: 1 });
    await bus.publish([{ key: '42', value, headers: { ce_id: 'm-1', note: '주문' } }]);
    await untilReceived(got, 1, the().timeoutMs);
    const [first] = got.records;
    assert.equal(first?.value, value);
    assert.equal(first?.key, '42');
    assert.equal(first?.topic, TOPIC);
    assert.equal(first?.headers.ce_id, 'm-1');
    assert.equal(first?.headers.note, '주문');
    assert.ok(Number.isInteger(first?.partition) && Number.isInteger(first?.offset));
  });

  test('keeps the order of each key, with offsets that grow', async () => {
    const bus = the().open();
    const got = received();
    await collect(bus, 'g', got);
    for (const n of range(1, 20)) await bus.publish([record('a', n), record('b', n), record('c', n)]);
    await untilReceived(got, 60, the().timeoutMs);
    for (const key of ['a', 'b', 'c']) {
      assert.deepEqual(got.numbers(key), range(1, 20));
      const places = got.records.filter((each) => each.key === key);
      assert.equal(new Set(places.map(({ partition }) => partition)).size, 1);
      assert.ok(
        places.every(({ offset }, index) => index === 0 || offset > (places[index - 1]?.offset ?? 0)),
      );
    }
  });

  test('keeps the order of calls that do not wait for each other', async () => {
    const bus = the().open();
    const got = received();
    await collect(bus, 'g', got);
    await Promise.all(range(1, 50).map((n) => bus.publish([record('a', n)])));
    await untilReceived(got, 50, the().timeoutMs);
    assert.deepEqual(got.numbers('a'), range(1, 50));
  });

  test('loses and reorders nothing of several publishers at once', async () => {
    const publishers = ['p', 'q', 'r', 's'].map((name) => ({ name, bus: the().open() }));
    const got = received();
    await collect(the().open(), 'g', got);
    await Promise.all(
      publishers.map(async ({ name, bus }) => {
        for (const n of range(1, 40)) await bus.publish(range(1, 5).map((key) => record(`${name}${key}`, n)));
      }),
    );
    await untilReceived(got, 4 * 40 * 5, the().timeoutMs);
    for (const { name } of publishers)
      for (const key of range(1, 5)) assert.deepEqual(got.numbers(`${name}${key}`), range(1, 40));
  });

  test('delivers a large batch', async () => {
    const bus = the().open();
    const got = received();
    await bus.publish(range(1, 30).flatMap((key) => sequence(`k${key}`, 1, 100)));
    await collect(bus, 'g', got);
    await untilReceived(got, 3_000, the().timeoutMs);
    assert.deepEqual(got.numbers('k17'), range(1, 100));
  });

  test('hands over no more records at once than asked for', async () => {
    const bus = the().open();
    const got = received();
    const sizes: number[] = [];
    await bus.publish(sequence('a', 1, 25));
    await collect(bus, 'g', got, {
      maxRecords: 10,
      onRecords: async (records) => {
        sizes.push(records.length);
        got.records.push(...records);
      },
    });
    await untilReceived(got, 25, the().timeoutMs);
    assert.ok(sizes.every((size) => size <= 10));
    assert.deepEqual(got.numbers('a'), range(1, 25));
  });

  test('spreads records without a key and delivers them all', async () => {
    const bus = the().open();
    const got = received();
    await collect(bus, 'g', got);
    await bus.publish(sequence(null, 1, 40));
    await untilReceived(got, 40, the().timeoutMs);
    assert.ok(new Set(got.records.map(({ partition }) => partition)).size > 1);
    assert.ok(got.records.every(({ key }) => key === null));
  });

  test('publishes nothing when there is nothing to publish', async () => {
    const bus = the().open();
    const got = received();
    await collect(bus, 'g', got);
    await bus.publish([]);
    await delay(the().quietMs);
    assert.equal(got.records.length, 0);
    assert.equal((await bus.lag('g')).total, 0);
  });
}
