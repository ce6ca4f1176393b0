import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeEvent, isEventType } from './cloud-event.ts';
import { type DecodedRecord, decodeRecord } from './decode-record.ts';
import { eventGuide } from './event-guide.ts';
import type { EventType } from './events/index.ts';
import type { WireRecord } from './wire-record.ts';

const position = { topic: 'phoneseller', partition: 3, offset: 17 };
const context = {
  messageId: '0199f0a3-5d21-7c3e-9b1f-3a5c7e9d1b2f',
  occurredAt: Date.UTC(2026, 0, 5, 1, 30, 7, 250),
  correlationId: 'request-1',
  causationId: 'message-0',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

const decode = (record: Partial<WireRecord>) =>
  decodeRecord({ key: null, value: '', headers: {}, ...record }, position);
const java = (fields: object) => decode({ value: JSON.stringify(fields) });

function eventOf(decoded: DecodedRecord): Extract<DecodedRecord, { kind: 'event' }> {
  assert.equal(decoded.kind, 'event', JSON.stringify(decoded));
  return decoded as Extract<DecodedRecord, { kind: 'event' }>;
}

function reasonOf(decoded: DecodedRecord): string {
  assert.equal(decoded.kind, 'malformed', JSON.stringify(decoded));
  return (decoded as Extract<DecodedRecord, { kind: 'malformed' }>).reason;
}

describe('a record of ours', () => {
  for (const { example } of Object.values(eventGuide))
    test(`comes back as the ${example.eventType} that was sent, with all that ties it to its cause`, () => {
      const decoded = eventOf(decodeRecord(encodeEvent(example, 'pay', context), position));
      assert.deepEqual(decoded.event, { ...example, timestamp: '20260105103007' });
      assert.deepEqual(decoded.context, context);
      assert.equal(decoded.orderId, 1);
    });

  test('has the order’s id as its key and subject, whether the event calls it id or orderId', () => {
    for (const type of ['Ordered', 'Shipped'] satisfies EventType[]) {
      const example = eventGuide[type].example;
      const { key, headers } = encodeEvent(
        'orderId' in example ? { ...example, id: 99, orderId: 7 } : { ...example, id: 7 },
        'app',
        context,
      );
      assert.deepEqual([key, headers.ce_subject], ['7', '7']);
    }
  });

  test('leaves out the headers of a cause that it does not have', () => {
    const { headers } = encodeEvent(eventGuide.Ordered.example, 'app', {
      messageId: 'm',
      occurredAt: 0,
      correlationId: 'c',
    });
    assert.deepEqual([headers.ce_causationid, headers.traceparent], [undefined, undefined]);
    assert.equal(headers.ce_time, '1970-01-01T00:00:00.000Z');
  });
});

describe('a record of a Java service', () => {
  test('is known by its place in the log, and happened when its timestamp says in UTC', () => {
    const {
      event,
      orderId,
      context: found,
    } = eventOf(
      java({ eventType: 'PayCompleted', timestamp: '20260105103007', id: 4, orderId: 7, process: 'Payed' }),
    );
    assert.deepEqual([event.eventType, orderId], ['PayCompleted', 7]);
    assert.equal(found.messageId, 'phoneseller-3-17');
    assert.equal(found.correlationId, 'phoneseller-3-17');
    assert.equal(found.occurredAt, Date.UTC(2026, 0, 5, 10, 30, 7));
  });

  test('may hold doubles without a fraction', () => {
    const value = '{"eventType":"PromoCompleted","orderId":7,"point":300000.0,"process":"PayCompleted"}';
    const { event } = eventOf(decode({ value }));
    assert.equal(event.eventType === 'PromoCompleted' && event.point, 300_000);
  });

  test('may leave values out, or send null for them', () => {
    const nothing = { item: null, qty: null, status: null, store: null, price: null, point: null };
    assert.equal(eventOf(java({ eventType: 'Ordered', id: 7, ...nothing })).orderId, 7);
    assert.equal(eventOf(java({ eventType: 'Shipped', orderId: 7 })).orderId, 7);
  });

  test('may hold fields that we do not know, and keeps them', () => {
    const { event } = eventOf(java({ eventType: 'Shipped', orderId: 7, me: true, warehouse: { id: 1 } }));
    assert.deepEqual((event as object as { warehouse: unknown }).warehouse, { id: 1 });
  });

  test('without a time happened at an unknown one', () => {
    assert.equal(eventOf(java({ eventType: 'Shipped', orderId: 7 })).context.occurredAt, 0);
  });
});

describe('a record that cannot be read', () => {
  for (const value of ['', 'no JSON', '[]', 'null', '42', '"text"'])
    test(`is malformed, not an error: ${value || 'nothing at all'}`, () => {
      assert.equal(reasonOf(decode({ value })), 'the value is not a JSON object');
    });

  for (const [fields, place] of [
    [{ eventType: 'Ordered' }, 'id'],
    [{ eventType: 'Ordered', id: 0 }, 'id'],
    [{ eventType: 'PayCompleted', id: 7 }, 'orderId'],
    [{ eventType: 'PayCompleted', orderId: '7' }, 'orderId'],
    [{ eventType: 'PayCompleted', orderId: 7, price: -1 }, 'price'],
    [{ eventType: 'PayCompleted', orderId: 7, price: 0.5 }, 'price'],
    [{ eventType: 'PayCompleted', orderId: 7, price: 1e300 }, 'price'],
    [{ eventType: 'PayCompleted', orderId: 2 ** 53 }, 'orderId'],
    [{ eventType: 'Shipped', orderId: 7, customerId: 'a\u0000b' }, 'customerId'],
    [{ eventType: 'Shipped', orderId: 7, timestamp: 'yesterday' }, 'timestamp'],
    [{ eventType: 'Shipped', orderId: 7, customerId: '' }, 'customerId'],
  ] as const)
    test(`says which field is at fault: ${JSON.stringify(fields)}`, () => {
      const reason = reasonOf(java(fields));
      assert.match(reason, new RegExp(`^${fields.eventType}.*${place}`));
    });

  test('keeps the id and the order that its headers and its key tell', () => {
    const decoded = decode({ key: '7', value: 'no JSON', headers: { ce_id: 'message-1' } });
    assert.deepEqual(
      [decoded.kind === 'malformed' && decoded.messageId, decoded.kind === 'malformed' && decoded.orderId],
      ['message-1', 7],
    );
    for (const key of [null, '', 'x', '0', '-3', '1.5'])
      assert.equal((decode({ key, value: 'x' }) as { orderId?: number }).orderId, undefined);
  });
});

test('a type that we do not know is passed over by name, also where only the header tells it', () => {
  assert.deepEqual(java({ eventType: 'StockCounted', id: 1 }), {
    kind: 'unknownType',
    eventType: 'StockCounted',
  });
  assert.deepEqual(java({ id: 1 }), { kind: 'unknownType', eventType: '' });
  const header = decode({ value: '{"orderId":7}', headers: { ce_type: 'Shipped' } });
  assert.equal(eventOf(header).event.eventType, 'Shipped');
});

test('the names that every object has are no event types', () => {
  for (const eventType of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    assert.equal(java({ eventType, orderId: 7 }).kind, 'unknownType');
    assert.equal(isEventType(eventType), false);
  }
  assert.equal(isEventType('Shipped'), true);
});
