import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem, type ProblemCode, problems } from '@phone82/contracts';
import { problemDocument } from './problem-document.ts';

const request = { path: '/orders', correlationId: 'c-1' };

test('fills the text in the language asked for, and gives the facts beside it', () => {
  const declined = new Problem('payment-declined', { declineCode: 'LIMIT' });
  assert.deepEqual(problemDocument(declined, 'en', request), {
    type: 'urn:phone82:problem:payment-declined',
    title: 'Payment declined',
    status: 402,
    code: 'payment-declined',
    detail: 'The payment was declined (LIMIT).',
    instance: '/orders',
    correlationId: 'c-1',
    declineCode: 'LIMIT',
  });
  assert.equal(problemDocument(declined, 'ko', request).detail, '결제가 거절되었습니다 (LIMIT).');
});

test('a fact cannot take the place of a standard member', () => {
  const forged = new Problem('item-unknown', { status: 200, code: 'fine', item: 'x' });
  const { status, code } = problemDocument(forged, 'en', request);
  assert.deepEqual({ status, code }, { status: 422, code: 'item-unknown' });
});

test('every problem has a text in both languages', () => {
  for (const code of Object.keys(problems) as ProblemCode[])
    for (const language of ['ko', 'en'] as const)
      assert.ok(
        problemDocument(new Problem(code), language, request).detail.length > 5,
        `${code} ${language}`,
      );
});
