import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Answer } from './answer.ts';
import { retryAfterSeconds } from './retry-after.ts';

describe('a pause that is passed on', () => {
  for (const [header, seconds] of [
    [undefined, 1],
    ['', 1],
    ['soon', 1],
    ['-4', 1],
    ['0', 1],
    ['1.5', 1],
    ['1e9', 1],
    ['Infinity', 1],
    ['7', 7],
    [' 7 ', 7],
    ['60', 60],
    ['86400', 60],
    ['99999999999999999999', 1],
    [['3', '4'], 1],
  ] as const)
    test(`is ${seconds} s where the header is ${JSON.stringify(header)}`, () => {
      const headers = { 'retry-after': header as string | undefined };
      assert.equal(retryAfterSeconds({ kind: 'answered', status: 503, body: {}, headers }), seconds);
    });

  for (const [ms, seconds] of [
    [0, 1],
    [-5, 1],
    [1_200, 2],
    [86_400_000, 60],
    [Number.NaN, 1],
    [Number.POSITIVE_INFINITY, 60],
  ] as const)
    test(`is ${seconds} s where a call was not sent and may be tried again in ${ms} ms`, () => {
      const answer: Answer = { kind: 'notSent', reason: 'breakerOpen', retryAfterMs: ms };
      assert.equal(retryAfterSeconds(answer), seconds);
    });

  test('is 1 s where no answer came', () => {
    assert.equal(retryAfterSeconds({ kind: 'unknown', reason: 'timeout' }), 1);
  });
});
