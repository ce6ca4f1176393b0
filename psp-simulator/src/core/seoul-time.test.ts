import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fromSeoulTime, toSeoulTime } from './seoul-time.ts';

const nineInSeoul = Date.UTC(2026, 0, 1);

describe('time in Seoul', () => {
  test('is written with its offset', () => {
    assert.equal(toSeoulTime(nineInSeoul + 999), '2026-01-01T09:00:00+09:00');
  });

  for (const [text, expected] of [
    ['2026-01-01T09:00:00', nineInSeoul],
    ['2026-01-01T09:00:00.250', nineInSeoul + 250],
    ['2026-01-01T09:00', nineInSeoul],
    ['2026-01-01T09:00:00+09:00', nineInSeoul],
    ['2026-01-01T00:00:00Z', nineInSeoul],
    ['2026-01-01', nineInSeoul - 9 * 3_600_000],
    ['2026-13-01T00:00:00', undefined],
    ['1767225600000', undefined],
    ['', undefined],
  ] as const)
    test(`is ${expected === undefined ? 'not read' : 'read'} from "${text}"`, () => {
      assert.equal(fromSeoulTime(text), expected);
    });
});
