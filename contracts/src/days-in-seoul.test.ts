import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastTwoDays, periodOfDays, seoulDay, seoulTime } from './days-in-seoul.ts';

const JUST_AFTER_MIDNIGHT = Date.parse('2026-01-31T15:00:01Z');

test('a day in Seoul begins nine hours before that day in London', () => {
  assert.equal(seoulDay(JUST_AFTER_MIDNIGHT), '2026-02-01');
  assert.equal(seoulTime(JUST_AFTER_MIDNIGHT), '2026-02-01T00:00:01');
  assert.equal(periodOfDays('2026-02-01', '2026-02-01').from, Date.parse('2026-01-31T15:00:00Z'));
});

test('a period holds its first and its last day', () => {
  const { from, to } = periodOfDays('2026-01-31', '2026-02-01');
  assert.equal(to - from, 48 * 3_600_000);
});

test('the last two days are yesterday and today, to its end', () => {
  assert.deepEqual(lastTwoDays(JUST_AFTER_MIDNIGHT), periodOfDays('2026-01-31', '2026-02-01'));
});
