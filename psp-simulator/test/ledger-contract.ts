import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Payment } from '../src/core/payment.ts';
import type { Ledger } from '../src/ledger/ledger.ts';

const MIDNIGHT = Date.UTC(2026, 0, 1);

export const paymentOf = (orderId: string, fields: Partial<Payment> = {}): Payment => ({
  paymentKey: `key-of-${orderId}`,
  orderId,
  orderName: 'LG10',
  customerKey: 'demo',
  amount: 1_000,
  requestedAt: MIDNIGHT,
  authenticatedAt: null,
  approval: { transactionKey: `approval-of-${orderId}`, at: MIDNIGHT },
  failure: null,
  cancels: [],
  ...fields,
});

const cancelOf = (name: string, amount: number, at = MIDNIGHT) => ({
  transactionKey: name,
  amount,
  reason: 'no longer wanted',
  at,
});
const webhookOf = (transmissionId: string, dueAt: number) => ({
  transmissionId,
  paymentKey: 'key-of-a',
  cancels: 0,
  createdAt: MIDNIGHT,
  dueAt,
  retries: 0,
});

/** What every ledger has to do. `open` gives a new, empty one. */
export function ledgerContract(name: string, open: () => Ledger): void {
  const withLedger = (title: string, body: (ledger: Ledger) => Promise<void>) =>
    test(title, async () => {
      const ledger = open();
      await body(ledger).finally(() => ledger.close());
    });
  describe(`${name}: payments`, () => {
    withLedger('are found as they were entered', async (ledger) => {
      const approved = paymentOf('a');
      const declined = paymentOf('b', { approval: null, failure: 'REJECT_CARD_PAYMENT', customerKey: null });
      const session = paymentOf('c', { approval: null, authenticatedAt: MIDNIGHT });
      await ledger.transact((books) =>
        [approved, declined, session].map((payment) => books.addPayment(payment)),
      );
      for (const payment of [approved, declined, session])
        assert.deepEqual(await ledger.transact((books) => books.payment(payment.paymentKey)), payment);
      assert.equal(await ledger.transact((books) => books.payment('nothing')), undefined);
    });

    withLedger('are approved, fail, and are cancelled later', async (ledger) => {
      const open = { approval: null, authenticatedAt: MIDNIGHT };
      const approval = { transactionKey: 'approval', at: MIDNIGHT + 1 };
      const cancels = [cancelOf('first', 400, MIDNIGHT + 3), cancelOf('second', 600, MIDNIGHT + 2)];
      await ledger.transact((books) => {
        books.addPayment(paymentOf('a', open));
        books.addPayment(paymentOf('b', open));
        books.approve('key-of-a', approval);
        books.fail('key-of-b', 'INVALID_STOPPED_CARD');
        for (const cancel of cancels) books.addCancel('key-of-a', cancel);
      });
      const found = await ledger.transact((books) => [books.payment('key-of-a'), books.payment('key-of-b')]);
      assert.deepEqual(found, [
        paymentOf('a', { ...open, approval, cancels }),
        paymentOf('b', { ...open, failure: 'INVALID_STOPPED_CARD' }),
      ]);
    });

    withLedger('of an order come in the order they were entered', async (ledger) => {
      const keys = ['z', 'm', 'a'];
      await ledger.transact((books) =>
        keys.map((paymentKey) => books.addPayment(paymentOf('o', { paymentKey, approval: null }))),
      );
      const found = await ledger.transact((books) => books.paymentsOf('o'));
      assert.deepEqual(
        found.map(({ paymentKey }) => paymentKey),
        keys,
      );
    });

    withLedger('are not there when the work that entered them threw', async (ledger) => {
      await ledger.transact((books) => books.addPayment(paymentOf('a')));
      const failing = ledger.transact((books) => {
        books.addPayment(paymentOf('b'));
        books.addCancel('key-of-a', cancelOf('cancel', 1_000));
        books.saveReply('scope', { kind: 'refused', code: 'INVALID_REQUEST' }, MIDNIGHT);
        books.addWebhook(webhookOf('w', MIDNIGHT));
        throw new Error('no more');
      });
      await assert.rejects(failing, /no more/);
      await ledger.transact((books) => {
        assert.equal(books.payment('key-of-b'), undefined);
        assert.deepEqual(books.payment('key-of-a'), paymentOf('a'));
        assert.equal(books.savedReply('scope', 0), undefined);
        assert.equal(books.pendingWebhooks(), 0);
        assert.equal(books.balances({ orderIdPrefix: '', startingAfter: '', limit: 9 })[0]?.net, 1_000);
      });
    });
  });

  describe(`${name}: transactions`, () => {
    const query = { from: MIDNIGHT, to: MIDNIGHT + 9, limit: 10 };
    const enter = (ledger: Ledger) =>
      ledger.transact((books) => {
        books.addPayment(paymentOf('a', { approval: { transactionKey: 't3', at: MIDNIGHT + 3 } }));
        books.addPayment(paymentOf('b', { approval: { transactionKey: 't1', at: MIDNIGHT + 1 } }));
        books.addCancel('key-of-b', cancelOf('t1-too', 400, MIDNIGHT + 1));
        books.addCancel('key-of-b', cancelOf('t9', 600, MIDNIGHT + 9));
      });
    const keys = async (ledger: Ledger, fields: object = {}) =>
      (await ledger.transact((books) => books.transactions({ ...query, ...fields }))).map(
        ({ transactionKey }) => transactionKey,
      );

    withLedger('come by time, those of one moment as they were entered', async (ledger) => {
      await enter(ledger);
      assert.deepEqual(await keys(ledger), ['t1', 't1-too', 't3', 't9']);
      assert.deepEqual(await keys(ledger, { from: MIDNIGHT + 1, to: MIDNIGHT + 3 }), ['t1', 't1-too', 't3']);
      assert.deepEqual(await keys(ledger, { from: MIDNIGHT + 2, to: MIDNIGHT + 2 }), []);
    });

    withLedger('go on behind one of them', async (ledger) => {
      await enter(ledger);
      assert.deepEqual(await keys(ledger, { limit: 1 }), ['t1']);
      assert.deepEqual(await keys(ledger, { after: 't1', limit: 2 }), ['t1-too', 't3']);
      assert.deepEqual(await keys(ledger, { after: 't9' }), []);
      assert.deepEqual(await keys(ledger, { after: 'unknown' }), []);
    });

    withLedger('say what they moved', async (ledger) => {
      await enter(ledger);
      const rows = await ledger.transact((books) => books.transactions(query));
      assert.deepEqual(
        rows.map(({ kind, amount, emptied }) => [kind, amount, emptied]),
        [
          ['approval', 1_000, false],
          ['cancel', 400, false],
          ['approval', 1_000, false],
          ['cancel', 600, true],
        ],
      );
    });
  });

  describe(`${name}: balances`, () => {
    withLedger('come by order, page by page, and only where money moved', async (ledger) => {
      await ledger.transact((books) => {
        for (const order of ['shop-3', 'shop-1', 'shop-2', 'other-1', 'shoq-1'])
          books.addPayment(paymentOf(order));
        books.addPayment(
          paymentOf('shop-1', { paymentKey: 'again', approval: { transactionKey: 'x', at: 1 } }),
        );
        books.addPayment(paymentOf('shop-4', { approval: null }));
        books.addCancel('key-of-shop-2', cancelOf('y', 400));
      });
      const page = (startingAfter: string) =>
        ledger.transact((books) => books.balances({ orderIdPrefix: 'shop-', startingAfter, limit: 2 }));
      assert.deepEqual(await page(''), [
        { orderId: 'shop-1', charged: 2_000, refunded: 0, net: 2_000, charges: 2, refunds: 0 },
        { orderId: 'shop-2', charged: 1_000, refunded: 400, net: 600, charges: 1, refunds: 1 },
      ]);
      assert.deepEqual(await page('shop-2'), [
        { orderId: 'shop-3', charged: 1_000, refunded: 0, net: 1_000, charges: 1, refunds: 0 },
      ]);
      assert.deepEqual(await page('shop-3'), []);
    });
  });

  describe(`${name}: saved replies`, () => {
    withLedger('are found until they are too old', async (ledger) => {
      const replies = {
        a: { kind: 'payment', paymentKey: 'key-of-a', cancels: 1 },
        b: { kind: 'refused', code: 'REJECT_CARD_PAYMENT' },
      } as const;
      await ledger.transact((books) => {
        for (const [scope, reply] of Object.entries(replies)) books.saveReply(scope, reply, MIDNIGHT);
      });
      await ledger.transact((books) => {
        assert.deepEqual(books.savedReply('a', MIDNIGHT), replies.a);
        assert.deepEqual(books.savedReply('b', MIDNIGHT), replies.b);
        assert.equal(books.savedReply('a', MIDNIGHT + 1), undefined);
        assert.equal(books.savedReply('c', 0), undefined);
      });
    });

    withLedger('are replaced, and forgotten a number at a time', async (ledger) => {
      const refused = { kind: 'refused', code: 'INVALID_REQUEST' } as const;
      await ledger.transact((books) => {
        for (const [index, scope] of ['a', 'b', 'c'].entries())
          books.saveReply(scope, refused, MIDNIGHT + index);
        books.saveReply('a', { ...refused, code: 'NOT_FOUND' }, MIDNIGHT + 5);
        assert.deepEqual(books.savedReply('a', MIDNIGHT + 5), { ...refused, code: 'NOT_FOUND' });
        assert.equal(books.forgetReplies(MIDNIGHT + 5, 1), 1);
        assert.equal(books.forgetReplies(MIDNIGHT + 5, 9), 1);
        assert.equal(books.forgetReplies(MIDNIGHT + 5, 9), 0);
      });
    });
  });

  describe(`${name}: webhooks`, () => {
    withLedger('come when they are due, the longest due first', async (ledger) => {
      const due = (now: number, limit = 9) =>
        ledger.transact((books) => books.dueWebhooks(now, limit).map(({ transmissionId }) => transmissionId));
      await ledger.transact((books) => {
        for (const [id, dueAt] of Object.entries({ c: 3, a: 1, b: 2 }))
          books.addWebhook(webhookOf(id, dueAt));
      });
      assert.deepEqual([await due(0), await due(2), await due(9, 1)], [[], ['a', 'b'], ['a']]);
      await ledger.transact((books) => {
        books.postponeWebhook('a', 5, 1);
        books.removeWebhook('b');
        books.removeWebhook('b');
        assert.equal(books.pendingWebhooks(), 2);
        assert.deepEqual(books.dueWebhooks(9, 9), [webhookOf('c', 3), { ...webhookOf('a', 5), retries: 1 }]);
      });
    });
  });
}
