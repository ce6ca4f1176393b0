import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@phone82/testkit';
import type { Subject } from './bus-under-test.ts';
import { collect, numberOf, range, received, record, sequence, untilReceived } from './received.ts';

/** What happens when a handler throws, a member stops, or one dies. */
export function failureCases(the: Subject): void {
  test('brings records again after a throw, in their order, and lets other partitions pass', async () => {
    const bus = the().open();
    const got = received();
    let failures = 0;
    await bus.publish([...sequence('a', 1, 5), ...sequence('b', 1, 5), ...sequence('c', 1, 5)]);
    await collect(bus, 'g', got, {
      onRecords: async (records) => {
        if (records.some(({ key }) => key === 'a') && failures++ < 3) throw new Error('not now');
        got.records.push(...records);
      },
    });
    await untilReceived(got, 15, the().timeoutMs);
    assert.equal(failures, 4);
    for (const key of ['a', 'b', 'c']) assert.deepEqual(got.numbers(key), range(1, 5));
  });

  test('pauses before it brings records again', async () => {
    const bus = the().open();
    let calls = 0;
    await bus.publish([record('a', 1)]);
    await bus.subscribe({
      group: 'g',
      onRecords: async () => {
        calls++;
        throw new Error('never');
      },
    });
    await eventually(() => assert.ok(calls > 1), the());
    await delay(the().quietMs);
    assert.ok(calls < 10, `${calls} calls`);
    assert.equal((await bus.lag('g')).total, 1);
  });

  test('finishes the batch under way before it has stopped, and does not bring it again', async () => {
    const bus = the().open();
    const got = received();
    const started = Promise.withResolvers<AbortSignal>();
    const gate = Promise.withResolvers<void>();
    await bus.publish(sequence('a', 1, 3));
    const subscription = await collect(bus, 'g', got, {
      onRecords: async (records, signal) => {
        started.resolve(signal);
        await gate.promise;
        got.records.push(...records);
      },
    });
    const signal = await started.promise;
    const stopped = subscription.stop();
    await eventually(() => assert.equal(signal.aborted, true), the());
    assert.equal(got.records.length, 0);
    gate.resolve();
    await stopped;
    assert.deepEqual(got.numbers('a'), [1, 2, 3]);
    assert.equal((await bus.lag('g')).total, 0);
  });

  test('hands nothing over after it has stopped', async () => {
    const bus = the().open();
    const got = received();
    const subscription = await collect(bus, 'g', got);
    await bus.publish([record('a', 1)]);
    await untilReceived(got, 1, the().timeoutMs);
    await subscription.stop();
    await bus.publish([record('a', 2)]);
    await delay(the().quietMs);
    assert.deepEqual(got.numbers('a'), [1]);
  });

  test('goes on with another member after one died without a goodbye', async () => {
    const dying = the().open();
    const survivor = the().open();
    const lost = received();
    const got = received();
    const began = Promise.withResolvers<void>();
    await collect(dying, 'g', lost, {
      onRecords: async (records, signal) => {
        lost.records.push(...records);
        began.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    });
    await survivor.publish(range(1, 16).map((key) => record(`k${key}`, 1)));
    await began.promise;
    await the().crash(dying);
    await collect(survivor, 'g', got);
    await untilReceived(got, 16, the().timeoutMs);
    await survivor.publish(range(1, 16).map((key) => record(`k${key}`, 2)));
    await untilReceived(got, 32, the().timeoutMs);
    for (const key of range(1, 16)) assert.deepEqual(got.numbers(`k${key}`), [1, 2]);
  });

  test('keeps what was published when every process dies', async () => {
    const first = the().open();
    await first.publish(sequence('a', 1, 10));
    await the().crash(first);
    const got = received();
    await collect(the().open(), 'g', got);
    await untilReceived(got, 10, the().timeoutMs);
    assert.deepEqual(got.records.map(numberOf), range(1, 10));
  });

  test('refuses to publish once it is closed', async () => {
    const bus = the().open();
    await bus.ping();
    await bus.close();
    await assert.rejects(bus.publish([record('a', 1)]));
    await assert.rejects(bus.ping());
  });
}
