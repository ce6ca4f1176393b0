import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classOf } from './error-codes.ts';

test('a code that nobody listed is never a yes and never a no', () => {
  for (const code of ['BRAND_NEW_CODE', '', 'constructor', 'reject_card_payment'])
    assert.equal(classOf(code), 'unknown');
});

test('codes mean what the PSP says of them, whatever HTTP status they come with', () => {
  const meanings = {
    REJECT_CARD_COMPANY: 'no',
    PROVIDER_ERROR: 'unknown',
    FORBIDDEN_CONSECUTIVE_REQUEST: 'unknown',
    FAILED_REFUND_PROCESS: 'unknown',
    ALREADY_PROCESSED_PAYMENT: 'done',
    DUPLICATED_ORDER_ID: 'done',
    ALREADY_CANCELED_PAYMENT: 'done',
    NOT_CANCELABLE_PAYMENT: 'no',
    IDEMPOTENT_REQUEST_PROCESSING: 'later',
    UNAUTHORIZED_KEY: 'misconfigured',
    NOT_FOUND_PAYMENT: 'absent',
  };
  for (const [code, meaning] of Object.entries(meanings)) assert.equal(classOf(code), meaning, code);
});
