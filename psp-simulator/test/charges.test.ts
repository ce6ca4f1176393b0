import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf, outcomeOf, pspUnderTest } from './psp-under-test.ts';

describe('a charge by billing key', () => {
  test('answers with the payment as the PSP shows it', async () => {
    const { charge } = pspUnderTest();
    const { paymentKey, lastTransactionKey, ...payment } = bodyOf(await charge(7, { amount: 15_000 }));
    assert.ok(paymentKey.length <= 200 && lastTransactionKey.length > 0);
    assert.deepEqual(
      { ...payment, card: payment.card.amount, receipt: undefined },
      {
        mId: 'phone82',
        version: '2022-11-16',
        orderId: 'phone82-7',
        orderName: 'LG10',
        type: 'BILLING',
        method: '카드',
        status: 'DONE',
        requestedAt: '2026-01-01T09:00:00+09:00',
        approvedAt: '2026-01-01T09:00:00+09:00',
        totalAmount: 15_000,
        balanceAmount: 15_000,
        suppliedAmount: 13_636,
        vat: 1_364,
        taxFreeAmount: 0,
        currency: 'KRW',
        country: 'KR',
        isPartialCancelable: true,
        card: 15_000,
        receipt: undefined,
        failure: null,
        cancels: null,
      },
    );
  });

  test('is refused for an order that was charged before, even after its cancel', async () => {
    const { charge, cancel, moneyOf } = pspUnderTest();
    const { paymentKey } = bodyOf(await charge(7));
    assert.deepEqual(outcomeOf(await charge(7)), [400, 'DUPLICATED_ORDER_ID']);
    await cancel(paymentKey);
    assert.deepEqual(outcomeOf(await charge(7)), [400, 'DUPLICATED_ORDER_ID']);
    assert.deepEqual(await moneyOf(7), [[899_000, 899_000, 1, 1]]);
  });

  test('happens twice for one order where the PSP is made to look at keys alone', async () => {
    const { charge, moneyOf } = pspUnderTest({ refuseDuplicateOrders: false });
    await charge(7, {}, { 'idempotency-key': 'first' });
    await charge(7, {}, { 'idempotency-key': 'second' });
    assert.deepEqual(await moneyOf(7), [[1_798_000, 0, 2, 0]]);
  });

  const refused: readonly [why: string, fields: object, code: string][] = [
    ['an amount below a card’s minimum', { amount: 99 }, 'BELOW_MINIMUM_AMOUNT'],
    ['an amount that is no whole number', { amount: 100.5 }, 'INVALID_REQUEST'],
    ['an order id of five characters', { orderId: '12345' }, 'INVALID_REQUEST'],
    ['an order id of 65 characters', { orderId: 'o'.repeat(65) }, 'INVALID_REQUEST'],
    ['an order id with a space', { orderId: 'phone 82' }, 'INVALID_REQUEST'],
    ['no customer key', { customerKey: undefined }, 'INVALID_REQUEST'],
    ['no order name', { orderName: '' }, 'INVALID_REQUEST'],
  ];
  for (const [why, fields, code] of refused)
    test(`is refused for ${why}`, async () => {
      const { charge, moneyOf } = pspUnderTest();
      assert.deepEqual(outcomeOf(await charge(7, fields)), [400, code]);
      assert.deepEqual(await moneyOf(7), []);
    });

  test('is taken for a card’s minimum and for order ids of 6 and of 64 characters', async () => {
    const { charge } = pspUnderTest();
    assert.deepEqual(outcomeOf(await charge('order6', { amount: 100 })), [200, 'DONE']);
    assert.deepEqual(outcomeOf(await charge('O_-9'.repeat(16))), [200, 'DONE']);
  });
});

describe('a look-up', () => {
  test('finds a payment by its key and by its order', async () => {
    const { charge, get } = pspUnderTest();
    const payment = bodyOf(await charge(7));
    assert.deepEqual(bodyOf(await get(`/v1/payments/${payment.paymentKey}`)), payment);
    assert.deepEqual(bodyOf(await get('/v1/payments/orders/phone82-7')), payment);
  });

  test('says that there is none, in the caller’s language', async () => {
    const { get } = pspUnderTest();
    const korean = await get('/v1/payments/orders/phone82-8');
    assert.deepEqual(korean, {
      kind: 'answered',
      status: 404,
      body: { code: 'NOT_FOUND_PAYMENT', message: '존재하지 않는 결제 입니다.' },
    });
    const english = await get('/v1/payments/nothing', { 'accept-language': 'en-US' });
    assert.equal(bodyOf(english).message, 'There is no such payment.');
  });

  test('shows what was taken, though attempts before it were declined', async () => {
    const { charge, get } = pspUnderTest();
    await charge(7, {}, { 'tosspayments-test-code': 'REJECT_CARD_COMPANY' });
    const declined = bodyOf(await get('/v1/payments/orders/phone82-7'));
    assert.deepEqual([declined.status, declined.failure.code], ['ABORTED', 'REJECT_CARD_COMPANY']);
    await charge(7);
    assert.deepEqual(outcomeOf(await get('/v1/payments/orders/phone82-7')), [200, 'DONE']);
  });
});

describe('a caller', () => {
  const asked = { method: 'GET', path: '/v1/payments/orders/phone82-7' };
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  for (const [who, authorization, expected] of [
    ['without a key', undefined, [403, 'INCORRECT_BASIC_AUTH_FORMAT']],
    ['that leaves out the colon', basic('test_sk_phone82'), [403, 'INCORRECT_BASIC_AUTH_FORMAT']],
    ['with a token', 'Bearer test_sk_phone82:', [403, 'INCORRECT_BASIC_AUTH_FORMAT']],
    ['with another key', basic('test_sk_other:'), [401, 'UNAUTHORIZED_KEY']],
    ['with the key', basic('test_sk_phone82:'), [404, 'NOT_FOUND_PAYMENT']],
  ] as const)
    test(`${who} gets ${expected[1]}`, async () => {
      const { psp } = pspUnderTest();
      assert.deepEqual(outcomeOf(await psp.handle({ ...asked, headers: { authorization } })), expected);
    });

  test('gets 404 for what the API does not have', async () => {
    const { get, post } = pspUnderTest();
    assert.deepEqual(outcomeOf(await get('/v1/cards')), [404, 'NOT_FOUND']);
    assert.deepEqual(outcomeOf(await post('/v1/payments/orders/phone82-7')), [404, 'NOT_FOUND']);
  });
});
