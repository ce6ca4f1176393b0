import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { brokersOf, eventsOf, seenAs, timesTold } from './java/beside-java.ts';
import { type JavaEvent, javaTimestamp, openJavaTopic } from './java/java-topic.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

const ORDERS = 1_000;
const NEW_ORDERS = 200;
const OWNERS = ['app', 'pay', 'store', 'marketing'] as const;

let system: SystemUnderTest;
before(async () => {
  system = await newSystem();
  system.environment.PAY_TIMEOUT_MS = '20000';
  succeeded(await system.run('up', '--detach', '--bus', 'kafka'));
  for (const service of OWNERS) succeeded(await system.run('stop', service));
});
after(() => system?.dispose());

/** What Java services tell of an order, by the last digit of its number: some stopped half way. */
function historyOf(id: number): JavaEvent[] {
  const timestamp = javaTimestamp();
  const kind = id % 10;
  const order = {
    timestamp,
    id,
    item: 'LG10',
    qty: 1,
    status: 'Ordered',
    store: null,
    price: 899_000,
    point: null,
  };
  const payment = { timestamp, id: id + 5, orderId: id, price: null, process: 'Payed' };
  const ordered = { eventType: 'Ordered', ...order };
  const paid = { eventType: 'PayCompleted', ...payment };
  const shipped = {
    eventType: 'Shipped',
    timestamp,
    id: id + 3,
    orderId: id,
    address: null,
    item: null,
    process: 'Shipped',
  };
  const granted = {
    eventType: 'PromoCompleted',
    timestamp,
    id,
    orderId: id,
    point: 300_000,
    process: 'Payed',
  };
  const cancelled = { eventType: 'OrderCancelled', ...order, status: 'cancel' };
  const refunded = { eventType: 'PayCancelled', ...payment, price: 0, process: 'PayCancelled' };
  const takenBack = { ...granted, eventType: 'PromoCancelled', point: 0, process: 'PayCancelled' };
  if (kind === 0) return [ordered];
  if (kind === 1) return [ordered, paid];
  if (kind === 2) return [ordered, paid, granted, shipped, cancelled, takenBack, refunded, refunded];
  if (kind === 3) return [ordered, paid, granted, granted, shipped];
  if (kind === 4) return [paid, ordered, granted, shipped, cancelled];
  return [ordered, paid, shipped, granted];
}

const idsOf = (kind: number) =>
  Array.from({ length: ORDERS }, (_, index) => index + 1).filter((id) => id % 10 === kind);

test('a topic with 1,000 Java orders becomes the records of all services, and 200 new orders are right', async () => {
  const java = await openJavaTopic(brokersOf(system), 'elsewhere', {});
  const events = Array.from({ length: ORDERS }, (_, index) => historyOf(index + 1)).flat();
  for (let from = 0; from < events.length; from += 500) await java.publish(...events.slice(from, from + 500));
  await java.publish({ eventType: 'SomethingElse', orderId: 1 });
  await java.close();

  const report = succeeded(await system.run('import', '--from-log'));
  assert.match(report, /app +4101 +1000 +\d+ +1000 +1 +0 +0\n/);
  assert.match(report, /pay: 100 cancelled, to be given back/);
  assert.match(report, /store: 100 paid, to be shipped/);
  assert.match(report, /marketing: 100 paid, mileage to be granted/);
  const again = succeeded(await system.run('import', '--from-log'));
  for (const service of OWNERS) assert.match(again, new RegExp(`${service} +\\d+ +0 +0 `));
  assert.equal((await eventsOf(system)).length, events.length);

  for (const service of OWNERS) succeeded(await system.run('start', service));
  const load = succeeded(
    await system.run('load', '--orders', `${NEW_ORDERS}`, '--rate', '20', '--cancels', '20'),
  );
  assert.match(load, new RegExp(`${NEW_ORDERS} of ${NEW_ORDERS} answered`));
  assert.match(load, /\n {2}0 of them wrong/);
  await assertEnds();
});

/** What was open has been done, and what was done has not been done again. */
async function assertEnds(): Promise<void> {
  const sample = (kind: number) => idsOf(kind).slice(0, 5);
  await seenAs(system, sample(0), 'Ordered', null);
  await seenAs(system, sample(1), 'Shipped', 300_000);
  await seenAs(system, sample(2), 'PayCancelled', 0);
  await seenAs(system, sample(3), 'Shipped', 300_000);
  await seenAs(system, sample(4), 'PayCancelled', 0);
  for (const id of [...sample(1), ...sample(2), ...sample(3), ...sample(4)]) {
    const order = (await system.http('app').get(`/orders/${id}`)).body;
    const view = (await system.http('customer').get(`/customers/${id}`)).body;
    assert.deepEqual([id, order.status, order.point], [id, view.status, view.point]);
  }
  const events = await eventsOf(system);
  const [shipped, granted] = [timesTold(events, 'Shipped'), timesTold(events, 'PromoCompleted')];
  for (let id = 1; id <= ORDERS; id++) {
    assert.equal(shipped.get(id) ?? 0, id % 10 === 0 ? 0 : 1, `the parcels of ${id}`);
    assert.equal(granted.get(id) ?? 0, id % 10 === 0 ? 0 : id % 10 === 3 ? 2 : 1, `the grants of ${id}`);
  }
  const { body } = await system.http('app').get('/orders?size=1');
  await eventually(() => assert.equal(body.page.totalElements, ORDERS + NEW_ORDERS));
}
