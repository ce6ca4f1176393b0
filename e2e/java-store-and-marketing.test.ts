import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import {
  eventsOf,
  PATIENCE,
  placeMany,
  replace,
  seenAs,
  takeBack,
  timesTold,
  toldInOrder,
} from './java/beside-java.ts';
import { startJavaCustomer, startJavaMarketing, startJavaStore } from './java/java-services.ts';
import { cancelOrder, endsAs, placeOrder } from './order-story.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

const AT_ONCE = 20;

describe('beside a Java service, on Kafka', () => {
  let system: SystemUnderTest;
  before(async () => {
    system = await newSystem();
    // On a busy machine an order that took its time is answered all the same.
    system.environment.PAY_TIMEOUT_MS = '20000';
    succeeded(await system.run('up', '--detach', '--bus', 'kafka'));
  });
  after(() => system?.dispose());

  const ordersOf = async (count: number): Promise<number[]> => {
    const answers = await placeMany(system, count);
    assert.deepEqual(
      answers.map(({ status }) => status),
      answers.map(() => 201),
    );
    return answers.map(({ body }) => body.id);
  };
  const toldOnce = async (eventType: string, ids: readonly number[]) => {
    const times = timesTold(await eventsOf(system), eventType);
    assert.deepEqual(
      ids.filter((id) => times.get(id) !== 1),
      [],
      `${eventType} was not told once`,
    );
  };

  test('a Java store ships each order once; ours goes on behind it, and ships none of them again', async (t) => {
    const java = await replace(system, 'store', startJavaStore);
    t.after(() => java.stop());
    const ids = await ordersOf(AT_ONCE);
    await seenAs(system, ids, 'Shipped', 300_000);
    await java.stop();
    const waiting = await ordersOf(2);
    await java.restart(false);
    await seenAs(system, waiting, 'Shipped', 300_000);
    const [cancelled = 0] = ids;
    await cancelOrder(system, cancelled);
    await seenAs(system, [cancelled], 'PayCancelled', 0);
    await java.stop();
    await takeBack(system, 'store');
    await endsAs(system, await placeOrder(system), 'shipped');
    for (const id of waiting) await endsAs(system, id, 'shipped');
    await endsAs(system, cancelled, 'takenBack');
    await toldOnce('Shipped', [...ids, ...waiting]);
  });

  test('a Java marketing grants each order once; a cancel waits while it is away; ours goes on behind it', async (t) => {
    const java = await replace(system, 'marketing', startJavaMarketing);
    t.after(() => java.stop());
    const ids = await ordersOf(AT_ONCE);
    await seenAs(system, ids, 'Shipped', 300_000);
    const [cancelled = 0, waiting = 0] = ids;
    await cancelOrder(system, cancelled);
    await seenAs(system, [cancelled], 'PayCancelled', 0);
    await java.stop();
    await cancelOrder(system, waiting);
    await eventually(async () => {
      const { body } = await system.http('pay').get(`/payments/${waiting}`);
      assert.equal(body.process, 'CancelPending');
    }, PATIENCE);
    const late = await ordersOf(2);
    await java.restart(false);
    await seenAs(system, [waiting], 'PayCancelled', 0);
    await seenAs(system, late, 'Shipped', 300_000);
    await java.stop();
    await takeBack(system, 'marketing');
    for (const id of [...late, await placeOrder(system)]) await endsAs(system, id, 'shipped');
    for (const id of [cancelled, waiting]) await endsAs(system, id, 'takenBack');
    await toldOnce('PromoCompleted', [...ids, ...late]);
  });

  test('a Java customer shows orders from its own group, and takes nothing from our view', async (t) => {
    const java = await replace(system, 'customer', startJavaCustomer);
    t.after(() => java.stop());
    const ids = await ordersOf(AT_ONCE);
    await eventually(async () => {
      const told = await eventsOf(system);
      for (const eventType of ['Ordered', 'Shipped', 'PromoCompleted'])
        assert.ok(ids.every((id) => timesTold(told, eventType).get(id) === 1));
    }, PATIENCE);
    const [first = 0, ...others] = toldInOrder(await eventsOf(system), ids);
    assert.ok(first > 0, 'Ordered was told first of one order at least');
    const shown = (id: number) => java.rows().filter(({ orderId }) => orderId === id);
    await eventually(() => {
      for (const id of [first, ...others])
        assert.deepEqual(
          shown(id).map(({ status, point }) => [status, point]),
          [['Shipped', 300_000]],
        );
    }, PATIENCE);
    await java.stop();
    await cancelOrder(system, first);
    await java.restart(true);
    await eventually(() => assert.equal(shown(first)[0]?.status, 'PayCancelled'), PATIENCE);
    await java.stop();
    await takeBack(system, 'customer');
    await endsAs(system, first, 'takenBack');
    for (const id of ids.filter((one) => one !== first)) await endsAs(system, id, 'shipped');
  });
});
