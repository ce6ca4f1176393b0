import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromSeoulTimestamp, toSeoulTimestamp } from './seoul-time.ts';

test('a time is written as it is read in Seoul, nine hours ahead of UTC', () => {
  assert.equal(toSeoulTimestamp(Date.UTC(2026, 0, 5, 1, 30, 7, 999)), '20260105103007');
  assert.equal(toSeoulTimestamp(Date.UTC(2025, 11, 31, 15, 0, 0)), '20260101000000');
  assert.equal(toSeoulTimestamp(Date.UTC(2024, 1, 28, 15, 0, 0)), '20240229000000');
});

test('reading a timestamp gives the second it was written in', () => {
  for (const at of [0, Date.UTC(1999, 11, 31, 23, 59, 59), Date.UTC(2026, 6, 15, 12)])
    assert.equal(fromSeoulTimestamp(toSeoulTimestamp(at + 321)), at);
});

for (const text of ['', '2026', '20260105T103007', '20261305103007', '20260105253007', ' 20260105103007'])
  test(`"${text}" is no timestamp`, () => assert.ok(Number.isNaN(fromSeoulTimestamp(text))));
