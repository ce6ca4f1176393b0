import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Value } from 'typebox/value';
import { encodeEvent } from '../cloud-event.ts';
import { eventGuide } from '../event-guide.ts';
import { type EventType, events } from './index.ts';

/** The flat JSON that Java services read: fields may be added, none removed or renamed. */
const promised: Record<EventType, { from: string; fields: string[] }> = {
  Ordered: { from: 'app', fields: ['id', 'item', 'qty', 'status', 'store', 'price', 'point'] },
  OrderCancelled: { from: 'app', fields: ['id', 'item', 'qty', 'status', 'store', 'price', 'point'] },
  PayCompleted: { from: 'pay', fields: ['id', 'orderId', 'price', 'process'] },
  PayCancelled: { from: 'pay', fields: ['id', 'orderId', 'price', 'process'] },
  Shipped: { from: 'store', fields: ['id', 'orderId', 'address', 'item', 'process'] },
  PromoCompleted: { from: 'marketing', fields: ['id', 'orderId', 'point', 'process'] },
  PromoCancelled: { from: 'marketing', fields: ['id', 'orderId', 'point', 'process'] },
};

test('there are the promised events, no more and no fewer', () => {
  assert.deepEqual(Object.keys(events).sort(), Object.keys(promised).sort());
});

describe('on the wire', () => {
  for (const [name, { from, fields }] of Object.entries(promised) as [
    EventType,
    (typeof promised)[EventType],
  ][]) {
    test(`${name} comes from ${from} with all of its promised fields, the type, the time and the customer`, () => {
      const { value } = encodeEvent(eventGuide[name].example, from, {
        messageId: 'm',
        occurredAt: 0,
        correlationId: 'c',
      });
      const sent = Object.keys(JSON.parse(value));
      for (const field of [...fields, 'eventType', 'timestamp', 'customerId'])
        assert.ok(sent.includes(field), `${field} is missing`);
      assert.equal(events[name].from, from);
    });

    test(`${name} is described with all of its promised fields, and is open to others`, () => {
      const { schema } = events[name];
      for (const field of [...fields, 'eventType', 'timestamp', 'customerId'])
        assert.ok(Object.keys(schema.properties).includes(field), `${field} is missing`);
      assert.ok(Value.Check(schema, { ...eventGuide[name].example, addedLater: true }));
    });
  }
});
