import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import { eventually } from '@phone82/testkit';
import { customerUnderTest, lifeOf, newOrderId } from './customer-under-test.ts';

const RETIRED_FOR_MS = 10_000;

const the = customerUnderTest();
const view = async (id: number) => {
  const { status, body } = await the.customer.get(`/customers/${id}`);
  return [status, body.status, body.timeline?.length];
};
const letters = async () =>
  (await the.customer.get('/dead-letters')).body.items.map((letter: Record<string, string>) => [
    letter.messageId,
    letter.state,
    letter.reason,
  ]);
const publish = async (...events: EventBody[]) => {
  await the.customer.publish(...events);
  await the.customer.settled();
};
const rebuild = async () => {
  const { active } = (await the.customer.get('/view/rebuild')).body;
  await the.customer.post('/view/rebuild', {});
  await eventually(async () => {
    the.environment.jump(500);
    const progress = (await the.customer.get('/view/rebuild')).body;
    assert.deepEqual([progress.state, progress.active], ['idle', active + 1]);
  });
  // The old generation is dropped then, and what it did not read does not count any more.
  the.environment.jump(RETIRED_FOR_MS + 1_000);
  await the.customer.settled();
};

let id: number;
let poison: string;

beforeEach(async () => {
  id = newOrderId();
  poison = `poison-${id}`;
  const { ordered, payCompleted, shipped } = lifeOf(id);
  await publish(ordered, payCompleted);
  const headers = { ce_id: poison, ce_type: 'PromoCompleted' };
  const value = `{"eventType":"PromoCompleted","orderId":${id},"point":"many"}`;
  await the.customer.publishRecords({ key: String(id), value, headers });
  await publish(shipped);
});

test('a message that cannot be read keeps nothing else of its order out of the view', async () => {
  assert.deepEqual(await view(id), [200, 'Shipped', 3]);
});

test('a rebuild keeps the view of an order with a dead letter, and the letter with its reason', async () => {
  const before = [await view(id), await letters()];
  await rebuild();
  assert.deepEqual([await view(id), await letters()], before);
});

test('a rebuild keeps the view of an order whose dead letter was discarded', async () => {
  await the.customer.post(`/dead-letters/${poison}/discard`, {});
  const before = await view(id);
  await rebuild();
  assert.deepEqual(await view(id), before);
});
