import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type DecodedRecord, decodeRecord, TOPIC } from '@phone82/contracts';
import { type Fate, foreignRecords, manualEnvironment, textRecord } from '@phone82/testkit';

const fates: Readonly<Record<DecodedRecord['kind'], Fate>> = {
  event: 'handled',
  malformed: 'dead',
  tombstone: 'skipped',
  unknownType: 'skipped',
};
const idOf = (decoded: DecodedRecord) =>
  decoded.kind === 'event' ? decoded.context.messageId : decoded.kind === 'malformed' && decoded.messageId;

describe('of 5,000 records of foreign senders', () => {
  const next = foreignRecords(manualEnvironment({ seed: 82 }).random);
  const records = Array.from({ length: 5_000 }, (_, offset) => {
    const record = next();
    const wire = textRecord(record) ?? { key: null, headers: {}, value: null };
    return { record, decoded: decodeRecord(wire, { topic: TOPIC, partition: 0, offset }) };
  });

  test('each is an event, malformed or passed over, as its sender made it', () => {
    for (const { record, decoded } of records)
      assert.equal(fates[decoded.kind], record.fate, `${record.value} ${JSON.stringify(decoded)}`);
    for (const fate of ['handled', 'dead', 'skipped'])
      assert.ok(
        records.some(({ record }) => record.fate === fate),
        fate,
      );
  });

  test('each has an id of visible ASCII, the same as another one only if it is the same message', () => {
    const ids = new Map<string, string | undefined>();
    for (const { record, decoded } of records) {
      const id = idOf(decoded);
      if (!id) continue;
      assert.match(id, /^[\x21-\x7e]{1,128}$/);
      if (ids.has(id)) assert.ok(record.identity && record.identity === ids.get(id), id);
      ids.set(id, record.identity);
    }
    assert.equal(new Set([...ids.values()]).size, [...ids.values()].filter(Boolean).length + 1);
  });

  test('none that is broken is kept for an order that its key does not plainly name', () => {
    for (const { record, decoded } of records)
      if (decoded.kind === 'malformed' && decoded.orderId !== undefined)
        assert.equal(record.key?.toString(), String(decoded.orderId));
  });
});
