import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bodyOf, outcomeOf, pspUnderTest } from './psp-under-test.ts';

const DAY_MS = 24 * 3_600_000;

const list = (under: ReturnType<typeof pspUnderTest>, query: string) =>
  under.get(`/v1/transactions?startDate=2026-01-01&endDate=2026-01-31T23:59:59${query}`);

describe('the list of transactions', () => {
  test('has approvals and cancels, by time', async () => {
    const under = pspUnderTest();
    const first = bodyOf(await under.charge(7, { amount: 1_000 }));
    await under.environment.advance(DAY_MS);
    await under.cancel(first.paymentKey, { cancelAmount: 400 });
    await under.cancel(first.paymentKey);
    const rows = bodyOf(await list(under, ''));
    assert.deepEqual(
      rows.map((row: Record<string, unknown>) => [row.orderId, row.status, row.amount, row.transactionAt]),
      [
        ['phone82-7', 'DONE', 1_000, '2026-01-01T09:00:00+09:00'],
        ['phone82-7', 'PARTIAL_CANCELED', 400, '2026-01-02T09:00:00+09:00'],
        ['phone82-7', 'CANCELED', 600, '2026-01-02T09:00:00+09:00'],
      ],
    );
    assert.deepEqual(
      [rows[0].paymentKey, rows[0].transactionKey],
      [first.paymentKey, first.lastTransactionKey],
    );
  });

  test('goes on behind a transaction, page by page', async () => {
    const under = pspUnderTest();
    for (let order = 1; order <= 5; order++) await under.charge(order);
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const page = bodyOf(await list(under, `&limit=2&startingAfter=${after}`));
      seen.push(...page.map(({ orderId }: { orderId: string }) => orderId));
      if (page.length < 2) break;
      after = page.at(-1).transactionKey;
    }
    assert.deepEqual(seen, ['phone82-1', 'phone82-2', 'phone82-3', 'phone82-4', 'phone82-5']);
  });

  test('keeps to the days asked for, as they are in Seoul', async () => {
    const under = pspUnderTest();
    await under.charge(7);
    const rows = async (from: string, to: string) =>
      bodyOf(await under.get(`/v1/transactions?startDate=${from}&endDate=${to}`)).length;
    assert.equal(await rows('2026-01-01T09:00:00', '2026-01-01T09:00:00'), 1);
    assert.equal(await rows('2026-01-01T09:00:01', '2026-01-02T00:00:00'), 0);
    assert.equal(await rows('2025-12-31T00:00:00', '2026-01-01T08:59:59'), 0);
  });

  for (const query of [
    'startDate=2026-01-01',
    'startDate=now&endDate=2026-01-01',
    'startDate=2026-01-01&endDate=2026-01-02&limit=0',
  ])
    test(`is refused for ${query}`, async () => {
      const { get } = pspUnderTest();
      assert.deepEqual(outcomeOf(await get(`/v1/transactions?${query}`)), [400, 'INVALID_REQUEST']);
    });
});
