import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { follow } from './change-stream.ts';
import { customerUnderTest, lifeOf, newOrderId } from './customer-under-test.ts';

const the = customerUnderTest({ MAX_EVENT_STREAMS: '2' });

describe('when as many follow orders as may', () => {
  test('one more is told to come back, everything else is answered, and a place is free once one leaves', async () => {
    const id = newOrderId();
    await the.customer.publish(lifeOf(id).ordered);
    await the.customer.settled();
    const url = `/customers/${id}/events`;
    const [first, second] = await Promise.all([
      follow(the.customer.url + url),
      follow(the.customer.url + url),
    ]);
    const { status, headers, body } = await the.customer.get(url);
    assert.deepEqual([status, body.code, headers['retry-after']], [503, 'overloaded', '3']);
    assert.equal((await the.customer.get(`/customers/${id}`)).status, 200);
    first.leave();
    await eventually(async () => {
      const next = await follow(the.customer.url + url);
      next.leave();
      assert.match(String(next.headers['content-type']), /^text\/event-stream/);
    });
    second.leave();
  });
});
