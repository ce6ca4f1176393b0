import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appUnderTest, lostThen, order, paymentEvent } from './app-under-test.ts';

const the = appUnderTest();

const recordsOf = (orderId: number, source: string) =>
  the.app.log.partitions
    .flat()
    .filter(({ key, headers }) => key === String(orderId) && headers.ce_source === source);

test('the ids of a request go with its call to pay and with its event', async () => {
  const correlationId = 'order-of-kim';
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const { body } = await order(the, undefined, { 'x-correlation-id': correlationId, traceparent });
  await the.app.settled();
  const { headers } = the.pay.requests.at(-1) ?? {};
  assert.equal(headers?.['x-correlation-id'], correlationId);
  assert.match(String(headers?.traceparent), /^00-0af7651916cd43dd8448eb211c80319c-/);
  const [record] = recordsOf(body.id, 'app');
  assert.equal(record?.headers.ce_correlationid, correlationId);
  assert.match(String(record?.headers.traceparent), /^00-0af7651916cd43dd8448eb211c80319c-/);
  assert.equal(record?.headers.ce_causationid, undefined);
});

test('an event that another one caused names it, and keeps the id of the request', async () => {
  the.pay.answers(lostThen('Unknown'));
  const { body } = await order(the);
  const [cause] = await the.app.publish(paymentEvent('PayCompleted', body.id));
  await the.app.settled();
  const [record] = recordsOf(body.id, 'app');
  assert.equal(record?.headers.ce_type, 'Ordered');
  assert.equal(record?.headers.ce_causationid, `test:${cause?.headers.ce_id}`);
  assert.equal(record?.headers.ce_correlationid, cause?.headers.ce_correlationid);
});
