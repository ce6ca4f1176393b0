import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { points, startTallyService, type TallyService } from './tally-service.ts';

describe('dead letters', () => {
  let service: TallyService;
  const unlucky = new Set([13]);

  beforeEach(async () => {
    unlucky.clear();
    unlucky.add(13);
    service = await startTallyService({
      before: async ({ point }) => {
        if (unlucky.has(point ?? 0)) throw new TypeError(`unlucky ${point}`);
      },
    });
    await publish(points(1, 10), points(1, 13), points(1, 20), points(1, 14), points(1, 30), points(2, 5));
  });
  afterEach(() => service.stop());

  const publish = async (...records: ReturnType<typeof points>[]) => {
    await service.bus.publish(records);
    await eventually(async () => assert.equal((await service.bus.lag('tally')).total, 0));
  };
  const left = async () => {
    const { items } = await service.deadLetters.list({ page: 0, size: 10 });
    return items.map(({ messageId, state }) => `${messageId} ${state}`);
  };

  test('are listed oldest first, and shown with the record and the reason', async () => {
    assert.deepEqual(await left(), ['m-1-13 dead', 'm-1-20 parked', 'm-1-14 parked', 'm-1-30 parked']);
    const letter = await service.deadLetters.show('m-1-13');
    assert.equal(letter?.reason, 'TypeError: unlucky 13');
    assert.equal(JSON.parse(letter?.record ?? '{}').value, points(1, 13).value);
    assert.equal(await service.deadLetters.show('m-unknown'), undefined);
  });

  test('are handled with all that waited behind them, in order, once the fault is gone', async () => {
    unlucky.clear();
    assert.equal(await service.deadLetters.retry('m-1-13'), 'handled');
    assert.deepEqual(service.entries(1), [10, 13, 20, 14, 30]);
    assert.deepEqual(await left(), []);
    await publish(points(1, 40));
    assert.deepEqual(service.entries(1), [10, 13, 20, 14, 30, 40]);
  });

  test('take effect once, also when they are retried twice', async () => {
    unlucky.clear();
    await Promise.all([service.deadLetters.retry('m-1-13'), service.deadLetters.retry('m-1-13')]);
    assert.equal(await service.deadLetters.retry('m-1-13'), 'gone');
    assert.deepEqual(service.entries(1), [10, 13, 20, 14, 30]);
  });

  test('stay, with everything behind them, while the fault is there', async () => {
    assert.equal(await service.deadLetters.retry('m-1-13'), 'stuck');
    assert.deepEqual(await left(), ['m-1-13 dead', 'm-1-20 parked', 'm-1-14 parked', 'm-1-30 parked']);
    assert.deepEqual(service.entries(1), [10]);
  });

  test('stop at the next one that cannot be handled', async () => {
    unlucky.clear();
    unlucky.add(14);
    assert.equal(await service.deadLetters.retry('m-1-13'), 'stuck');
    assert.deepEqual(service.entries(1), [10, 13, 20]);
    assert.deepEqual(await left(), ['m-1-14 dead', 'm-1-30 parked']);
    assert.equal((await service.deadLetters.show('m-1-14'))?.reason, 'TypeError: unlucky 14');
  });

  test('begin with what they wait for when a parked one is retried', async () => {
    unlucky.clear();
    assert.equal(await service.deadLetters.retry('m-1-14'), 'handled');
    assert.deepEqual(service.entries(1), [10, 13, 20, 14, 30]);
  });

  test('let those behind them pass when they are discarded', async () => {
    assert.equal(await service.deadLetters.discard('m-1-13'), 'handled');
    assert.deepEqual(service.entries(1), [10, 20, 14, 30]);
    assert.equal(await service.deadLetters.discard('m-1-13'), 'gone');
  });

  test('do not hold up the others when one that waits is discarded', async () => {
    assert.equal(await service.deadLetters.discard('m-1-20'), 'stuck');
    assert.deepEqual(await left(), ['m-1-13 dead', 'm-1-14 parked', 'm-1-30 parked']);
    assert.deepEqual(service.entries(2), [5]);
  });
});
