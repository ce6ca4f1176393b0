import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { eventsOf, PATIENCE, placeMany, replace, seenAs, takeBack, timesTold } from './java/beside-java.ts';
import { startJavaApp, startJavaPay } from './java/java-services.ts';
import { cancelOrder, endsAs, placeOrder } from './order-story.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

const AT_ONCE = 20;

describe('beside a Java app, and then a Java pay, on Kafka', () => {
  let system: SystemUnderTest;
  before(async () => {
    system = await newSystem();
    Object.assign(system.environment, {
      PAY_TIMEOUT_MS: '20000',
      ACCEPT_PAYMENTS_WITHOUT_PRICE: 'true',
      PAY_WITHOUT_REFERENCES: 'true',
    });
    succeeded(await system.run('up', '--detach', '--bus', 'kafka'));
  });
  after(() => system?.dispose());

  test('the orders of a Java app are paid, shipped, granted and taken back; ours numbers on above them', async (t) => {
    const java = await replace(system, 'app', startJavaApp);
    t.after(() => java.stop());
    for (const { status, body } of await placeMany(system, AT_ONCE)) {
      assert.equal(status, 201);
      assert.equal(body.id, undefined);
    }
    const ids = java.rows().map(({ id }) => id);
    assert.equal(ids.length, AT_ONCE);
    await seenAs(system, ids, 'Shipped', 300_000);
    const [cancelled = 0] = ids;
    await cancelOrder(system, cancelled);
    await seenAs(system, [cancelled], 'PayCancelled', 0);
    await java.stop();
    assert.equal((await system.http('gateway').post('/orders', { item: 'LG10', qty: 1 })).status, 503);
    await java.restart(true);
    await placeMany(system, 1);
    await seenAs(system, [AT_ONCE + 1], 'Shipped', 300_000);
    await java.stop();
    const report = await takeBack(system, 'app');
    assert.match(report, /app +\d+ +21 /);
    assert.equal(await placeOrder(system), AT_ONCE + 2);
    await endsAs(system, AT_ONCE + 2, 'shipped');
    const { body } = await system.http('app').get(`/orders/${cancelled}`);
    assert.deepEqual([body.status, body.point], ['PayCancelled', 0]);
  });

  test('a Java pay takes 20 orders at once, each one once; its payments stay foreign to ours', async (t) => {
    const java = await replace(system, 'pay', startJavaPay);
    t.after(() => java.stop());
    const answers = await placeMany(system, AT_ONCE);
    assert.deepEqual(
      answers.map(({ status }) => status),
      answers.map(() => 201),
    );
    const ids: number[] = answers.map(({ body }) => body.id);
    assert.deepEqual(
      java
        .rows()
        .map(({ orderId }) => orderId)
        .sort((a, b) => Number(a) - Number(b)),
      ids.toSorted((a, b) => a - b),
    );
    await seenAs(system, ids, 'Shipped', 300_000);
    const [cancelled = 0, waiting = 0, later = 0] = ids;
    await cancelOrder(system, cancelled);
    await seenAs(system, [cancelled], 'PayCancelled', 0);
    await java.stop();
    const refused = await system.http('gateway').post('/orders', { item: 'LG10', qty: 1 });
    assert.deepEqual([refused.status, refused.body.code], [503, 'payment-unavailable']);
    await cancelOrder(system, waiting);
    await java.restart(true);
    await seenAs(system, [waiting], 'PayCancelled', 0);
    await java.stop();
    await takeBack(system, 'pay');
    const payment = (await system.http('pay').get(`/payments/${later}`)).body;
    assert.deepEqual([payment.process, payment.foreign], ['Payed', true]);
    await cancelOrder(system, later);
    await eventually(async () => {
      const { body } = await system.http('pay').get(`/payments/${later}`);
      assert.equal(body.refundRefusedCode, 'FOREIGN_PAYMENT');
    }, PATIENCE);
    await system.http('pay').patch(`/payments/${later}`, { process: 'refunded' });
    await seenAs(system, [later], 'PayCancelled', 0);
    const times = timesTold(await eventsOf(system), 'PayCompleted');
    assert.deepEqual(
      ids.filter((id) => times.get(id) !== 1),
      [],
    );
  });
});
