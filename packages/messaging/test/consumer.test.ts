import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { DatabaseUnavailableError } from '@phone82/persistence';
import { eventually } from '@phone82/testkit';
import { points, startTallyService, type TallyService } from './tally-service.ts';

describe('consumer', () => {
  let service: TallyService;
  const start = async (options?: Parameters<typeof startTallyService>[0]) => {
    service = await startTallyService(options);
    return service;
  };
  const consumed = () => eventually(async () => assert.equal((await service.bus.lag('tally')).total, 0));
  afterEach(() => service.stop());

  test('lets every event take effect once, however often it comes', async () => {
    const { bus, entries, unitOfWork } = await start();
    await bus.publish([points(1, 10), points(1, 10), points(2, 5)]);
    await bus.publish([points(1, 10), points(1, 20)]);
    await consumed();
    assert.deepEqual(entries(1), [10, 20]);
    assert.deepEqual(entries(2), [5]);
    assert.equal(unitOfWork.published().length, 3);
  });

  test('works off a replay of the whole log without an effect', async () => {
    const { bus, entries } = await start();
    await bus.publish([points(1, 10), points(1, 20)]);
    await consumed();
    await bus.publish([points(1, 10), points(1, 20)]);
    await consumed();
    assert.deepEqual(entries(1), [10, 20]);
  });

  test('passes over what it does not listen to or does not know', async () => {
    const { bus, entries, unitOfWork } = await start();
    const other = (value: object) => ({ key: '1', value: JSON.stringify(value), headers: {} });
    await bus.publish([
      other({ eventType: 'Shipped', orderId: 1 }),
      other({ eventType: 'Invented', orderId: 1 }),
      other({ eventType: 'Shipped', orderId: 'not a number' }),
      points(1, 10),
    ]);
    await consumed();
    assert.deepEqual(entries(1), [10]);
    assert.deepEqual(unitOfWork.deadLetters(), []);
  });

  test('takes a record without key and headers, and knows it by its place in the log', async () => {
    const { bus, entries, unitOfWork } = await start();
    const value = JSON.stringify({
      eventType: 'PromoCompleted',
      id: 3,
      orderId: 7,
      point: 300_000.0,
      extra: true,
    });
    await bus.publish([{ key: null, value, headers: {} }]);
    await consumed();
    assert.deepEqual(entries(7), [300_000]);
    assert.match([...unitOfWork.store.inbox][0] ?? '', /^phoneseller-\d+-\d+$/);
  });

  test('publishes what a message causes with its correlation, and the message as the cause', async () => {
    const { bus, unitOfWork } = await start();
    await bus.publish([points(1, 10)]);
    await consumed();
    const [caused] = unitOfWork.published();
    assert.equal(caused?.headers.ce_correlationid, 'c-1');
    assert.equal(caused?.headers.ce_causationid, 'm-1-10');
  });

  test('tries a message again that fails for a moment', async () => {
    let failures = 2;
    const { bus, entries, unitOfWork } = await start({
      before: async () => {
        if (failures-- > 0) throw new TypeError('for a moment');
      },
    });
    await bus.publish([points(1, 10), points(1, 20)]);
    await consumed();
    assert.deepEqual(entries(1), [10, 20]);
    assert.deepEqual(unitOfWork.deadLetters(), []);
  });

  test('lays a message aside that cannot be handled, parks what follows of its order, and lets others pass', async () => {
    const { bus, entries, log, unitOfWork } = await start({
      before: async ({ point }) => {
        if (point === 13) throw new TypeError('unlucky');
      },
    });
    await bus.publish([points(1, 10), points(2, 5), points(1, 13), points(1, 20), points(2, 6)]);
    await consumed();
    await bus.publish([points(1, 30), points(2, 7)]);
    await consumed();
    assert.deepEqual(entries(1), [10]);
    assert.deepEqual(entries(2), [5, 6, 7]);
    const letters = unitOfWork
      .deadLetters()
      .map(({ messageId, orderId, state }) => ({ messageId, orderId, state }));
    assert.deepEqual(letters, [
      { messageId: 'm-1-13', orderId: 1, state: 'dead' },
      { messageId: 'm-1-20', orderId: 1, state: 'parked' },
      { messageId: 'm-1-30', orderId: 1, state: 'parked' },
    ]);
    assert.equal(unitOfWork.deadLetters()[0]?.reason, 'TypeError: unlucky');
    const errors = log.lines.filter(({ level }) => level === 'error');
    assert.deepEqual(
      errors.map(({ fields }) => [fields.messageId, fields.orderId, fields.attempt]),
      [['m-1-13', 1, 3]],
    );
  });

  test('lays a message aside that cannot be read, with the reason', async () => {
    const { bus, entries, unitOfWork } = await start();
    const broken = {
      key: '1',
      value: '{"eventType":"PromoCompleted","orderId":"one"}',
      headers: { ce_id: 'm-bad' },
    };
    await bus.publish([broken, { key: null, value: 'no JSON', headers: { ce_id: 'm-worse' } }]);
    await bus.publish([points(1, 10), points(2, 5)]);
    await consumed();
    assert.deepEqual(entries(1), []);
    assert.deepEqual(entries(2), [5]);
    const states = new Map(unitOfWork.deadLetters().map((letter) => [letter.messageId, letter]));
    assert.equal(states.get('m-bad')?.orderId, 1);
    assert.match(states.get('m-bad')?.reason ?? '', /orderId/);
    assert.equal(states.get('m-worse')?.orderId, null);
    assert.equal(states.get('m-1-10')?.state, 'parked');
  });

  test('blames no message for a database that cannot be reached', async () => {
    let failures = 4;
    const { bus, entries, unitOfWork } = await start({
      maxAttempts: 1,
      before: async () => {
        if (failures-- > 0) throw new DatabaseUnavailableError('gone');
      },
    });
    await bus.publish([points(1, 10)]);
    await consumed();
    assert.deepEqual(entries(1), [10]);
    assert.deepEqual(unitOfWork.deadLetters(), []);
  });
});
