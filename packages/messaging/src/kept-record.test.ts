import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepRecord, keptRecord } from './kept-record.ts';

const record = { topic: 't', partition: 1, offset: 2, key: '7', value: 'a\0\ud800', headers: { ce_id: 'x' } };

test('a record comes back from its letter as it was', () => {
  assert.deepEqual(keptRecord(keepRecord(record)), record);
});

test('one that is too long is shown in part, and cannot be tried again', () => {
  const long = {
    ...record,
    key: 'k'.repeat(1e6),
    value: 'v'.repeat(2e6),
    headers: { ce_id: 'i'.repeat(1e6) },
  };
  const kept = keepRecord(long);
  assert.ok(kept.length < 4_000);
  assert.throws(() => keptRecord(kept), /too long to be kept.*offset 2 of partition 1/);
});
