import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '@phone82/testkit';
import type { EventBus, LoggedRecord } from '../src/index.ts';
import type { Subject } from './bus-under-test.ts';
import { collect, numberOf, range, received, sequence, untilReceived } from './received.ts';

async function readAll(bus: EventBus, sinceMs?: number): Promise<readonly LoggedRecord[]> {
  const found: LoggedRecord[] = [];
  for (const stretch of await bus.history.stretches(sinceMs))
    for await (const records of bus.history.read(stretch)) found.push(...records);
  return found;
}

/** What was told before, read beside the groups. */
export function historyCases(the: Subject): void {
  test('reads the whole of its history beside any group, in the order of each key', async () => {
    const bus = the().open();
    assert.deepEqual(await readAll(bus), []);
    await bus.publish([...sequence('a', 1, 1_200), ...sequence('b', 1, 30)]);
    const found = await readAll(bus);
    const of = (key: string) => found.filter((record) => record.key === key).map(numberOf);
    assert.deepEqual([of('a'), of('b')], [range(1, 1_200), range(1, 30)]);
    assert.equal((await bus.lag('g')).total, 1_230);
  });

  test('ends a history where the log ended when its stretches were asked for', async () => {
    const bus = the().open();
    await bus.publish(sequence('a', 1, 5));
    const stretches = await bus.history.stretches();
    await bus.publish(sequence('a', 6, 9));
    const found: number[] = [];
    for (const stretch of stretches)
      for await (const records of bus.history.read(stretch)) found.push(...records.map(numberOf));
    assert.deepEqual(found, range(1, 5));
  });

  test('leaves nothing out of a history that begins at a time', async () => {
    const bus = the().open();
    await bus.publish(sequence('a', 1, 5));
    await delay(50);
    const since = Date.now() - 10;
    await bus.publish(sequence('a', 6, 9));
    const found = (await readAll(bus, since)).map(numberOf);
    assert.deepEqual(found.slice(-4), range(6, 9));
  });

  test('lets a group begin where it is put, unless a member of it lives', async () => {
    const bus = the().open();
    await bus.publish(sequence('a', 1, 7));
    assert.deepEqual([...(await bus.history.committed('g'))], []);
    const { partition = -1, until = -1 } = (await bus.history.stretches()).find((one) => one.until > 0) ?? {};
    await bus.history.moveGroup('g', new Map([[partition, until - 2]]));
    assert.deepEqual([...(await bus.history.committed('g'))], [[partition, until - 2]]);
    const got = received();
    const subscription = await collect(bus, 'g', got);
    await untilReceived(got, 2, the().timeoutMs);
    assert.deepEqual(got.numbers('a'), [6, 7]);
    await eventually(async () => assert.equal((await bus.lag('g')).total, 0), the());
    await assert.rejects(bus.history.moveGroup('g', new Map([[partition, 0]])));
    await subscription.stop();
    assert.equal((await bus.history.committed('g')).get(partition), until);
  });
}
