import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type DecodedRecord, decodeRecord } from './decode-record.ts';
import type { LogPosition, ReceivedRecord } from './wire-record.ts';

const position: LogPosition = { topic: 'phoneseller', partition: 3, offset: 17 };
const LOGGED = Date.UTC(2026, 0, 5, 1, 30);

const decode = (record: Partial<ReceivedRecord>, at: Partial<LogPosition> = {}) =>
  decodeRecord({ key: null, value: '', headers: {}, ...record }, { ...position, ...at });
const shipped = (fields: object = {}) =>
  JSON.stringify({ eventType: 'Shipped', orderId: 7, timestamp: '20260105103007', ...fields });

function eventOf(decoded: DecodedRecord): Extract<DecodedRecord, { kind: 'event' }> {
  assert.equal(decoded.kind, 'event', JSON.stringify(decoded));
  return decoded as Extract<DecodedRecord, { kind: 'event' }>;
}
const idWith = (headers: Record<string, string>) =>
  eventOf(decode({ value: shipped(), headers })).context.messageId;
const timeOf = (headers: Record<string, string>, timestamp?: number) =>
  eventOf(decode({ value: shipped(), headers }, { timestamp })).context.occurredAt;

describe('whatever a record holds', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\0', '\ud800', '', '7'));
  const json = fc.dictionary(
    fc.constantFrom('eventType', 'orderId', 'id', 'item', 'customerId', 'timestamp', '__proto__', 'toString'),
    fc.oneof(fc.jsonValue(), fc.constantFrom('Shipped', 'Ordered', 7, { toString: null })),
  );
  const value = fc.oneof(
    text,
    fc.constant(null),
    fc.json(),
    json.map((object) => JSON.stringify(object)),
  );
  const headers = fc.dictionary(
    fc.oneof(text, fc.constantFrom('ce_id', 'ce_source', 'ce_type', 'ce_time', 'traceparent', '__proto__')),
    fc.oneof(text, fc.constantFrom('Shipped', 'app', '+275760-09-13T00:00:00Z'), fc.anything()) as never,
  );

  test('it is decoded without an error, to values that every database takes', () => {
    fc.assert(
      fc.property(fc.option(text), value, headers, fc.option(fc.double()), (key, value, headers, time) => {
        const decoded = decode({ key, value, headers } as ReceivedRecord, { timestamp: time ?? undefined });
        if (decoded.kind === 'event') {
          const { messageId, correlationId, causationId = 'none', traceparent = 'none' } = decoded.context;
          for (const kept of [messageId, correlationId, causationId, traceparent])
            assert.match(kept, /^[\x21-\x7e]{1,128}$/);
          new Date(decoded.context.occurredAt).toISOString();
          assert.ok(Number.isSafeInteger(decoded.orderId) && decoded.orderId > 0);
        } else if (decoded.kind === 'malformed') assert.match(decoded.messageId, /^[\x21-\x7e]{1,128}$/);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a type that is no text is no type, and stops nothing', () => {
    for (const eventType of [{ toString: null }, { valueOf: null }, [], 5, true])
      assert.equal(decode({ value: JSON.stringify({ eventType, orderId: 880_040 }) }).kind, 'unknownType');
  });

  test('a type that is not the one in its header is malformed, for a log chooses by the header', () => {
    for (const eventType of ['Ordered', 'Invented', { toString: null }, 5]) {
      const decoded = decode({ value: shipped({ eventType }), headers: { ce_type: 'Shipped' } });
      assert.equal(decoded.kind, 'malformed');
    }
  });

  test('an order of its own is what its type says, whatever else it carries', () => {
    const value = JSON.stringify({ eventType: 'Ordered', id: 7, orderId: 'nine' });
    assert.equal(eventOf(decode({ value })).orderId, 7);
  });

  test('a key that only looks like the number of an order names none', () => {
    for (const key of ['0x10', '1e3', ' 7', '07', '+7', '7\0', '９', '9007199254740993'])
      assert.equal((decode({ key, value: 'x' }) as { orderId?: number }).orderId, undefined, key);
  });
});

test('a tombstone is no event, with any key', () => {
  for (const key of [null, '7', 'x'])
    assert.equal(decode({ key, value: null, headers: { ce_type: 'Shipped' } }).kind, 'tombstone');
});

describe('a message is identified', () => {
  test('by its source and its id together', () => {
    const ids = ['java-app', 'urn:app', 'app', 'pay'].map((ce_source) => idWith({ ce_source, ce_id: '1' }));
    assert.deepEqual(ids, ['java-app:1', 'urn%3Aapp:1', 'app:1', 'pay:1']);
    assert.notEqual(idWith({ ce_source: 'a', ce_id: 'b:c' }), idWith({ ce_source: 'a:b', ce_id: 'c' }));
  });

  test('by its id alone where a service of ours made it, as it always was', () => {
    const ce_id = '0199f0a3-5d21-7c3e-9b1f-3a5c7e9d1b2f';
    assert.equal(idWith({ ce_source: 'store', ce_id }), ce_id);
    assert.equal(idWith({ ce_source: 'java-store', ce_id }), `java-store:${ce_id}`);
  });

  test('by its place in the log where the id is empty, missing or not readable', () => {
    for (const headers of [{}, { ce_id: '' }, { ce_id: '', ce_source: 'a' }, { ce_id: 'x\ufffd' }])
      assert.equal(idWith(headers as Record<string, string>), 'phoneseller-3-17');
  });

  test('by a hash where the id could not be stored or addressed', () => {
    const ids = ['a\0b', 'ab', '..', '주문', 'x'.repeat(4_000), 'x'.repeat(4_001)].map((ce_id) =>
      idWith({ ce_id }),
    );
    assert.equal(new Set(ids).size, 6);
    for (const id of ids) assert.match(id, /^(ab|sha256-[0-9a-f]{64})$/);
  });
});

describe('an event happened', () => {
  test('when ce_time says, wherever it lies in the log', () => {
    assert.equal(timeOf({ ce_time: '2026-01-05T01:29:00Z' }, LOGGED), LOGGED - 60_000);
  });

  test('when the log took it, where its sender says no time or one that cannot be', () => {
    for (const ce_time of [
      '',
      'yesterday',
      '1970-01-01T00:00:00Z',
      '2026-02-01T00:00:00Z',
      '+275760-09-13T00:00:00Z',
    ])
      assert.equal(timeOf({ ce_time }, LOGGED), LOGGED, ce_time);
    assert.equal(timeOf({}, LOGGED), LOGGED);
  });

  test('when its body says in UTC, as a Java service writes it, where the log knows no time either', () => {
    for (const unknown of [undefined, -1, Number.NaN, 1e300])
      assert.equal(timeOf({}, unknown), Date.UTC(2026, 0, 5, 10, 30, 7));
  });
});

test('null is absent in every optional field of every event', () => {
  const nothing = { customerId: null, timestamp: null, item: null, address: null, process: null, id: null };
  const { event } = eventOf(decode({ value: shipped(nothing) }));
  assert.deepEqual([event.customerId, event.timestamp], [undefined, undefined]);
});

describe('limits are the same for all receivers', () => {
  for (const [field, taken, refused] of [
    ['item', '📱'.repeat(64), '📱'.repeat(65)],
    ['address', 'a'.repeat(255), 'a'.repeat(256)],
    ['process', 'Shipped', 'p'.repeat(65)],
    ['item', 'line\nfeed', 'x\0y'],
    ['item', '📱', '\ud83d'],
    ['customerId', 'k'.repeat(64), '\ud83d'],
  ] as const)
    test(`of ${field}: ${JSON.stringify(refused).slice(0, 20)}`, () => {
      eventOf(decode({ value: shipped({ [field]: taken }) }));
      assert.equal(decode({ value: shipped({ [field]: refused }) }).kind, 'malformed');
    });

  test('of qty, as far as a column reaches', () => {
    const ordered = (qty: number) =>
      decode({ value: JSON.stringify({ eventType: 'Ordered', id: 7, qty }) }).kind;
    assert.deepEqual([0, 2_147_483_647, -1, 2_147_483_648].map(ordered), [
      'event',
      'event',
      'malformed',
      'malformed',
    ]);
  });
});
