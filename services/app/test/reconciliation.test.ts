import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import type { FakeAnswer } from '@phone82/testkit';
import { appUnderTest, order, payed } from './app-under-test.ts';

interface Kept {
  orderId: number;
  price: number;
  reference: string | null;
  process: string;
  changedAt: number;
}

/** pay's payments, as it shows them to be compared: what was asked for, until a test changes it. */
const payments = new Map<number, Kept>();
let records: ((query: URLSearchParams) => FakeAnswer) | undefined;

const showPayments = ({ path }: { readonly path: string }): FakeAnswer => {
  const query = new URL(path, 'http://pay').searchParams;
  if (records) return records(query);
  const [from, to] = [Number(query.get('from')), Number(query.get('to'))];
  const ids = query.get('ids')?.split(',').map(Number);
  const found = [...payments.values()]
    .filter(({ orderId, changedAt }) => ids?.includes(orderId) ?? (changedAt >= from && changedAt < to))
    .filter(({ orderId }) => orderId > Number(query.get('after') ?? 0))
    .sort((a, b) => a.orderId - b.orderId)
    .slice(0, Number(query.get('size') ?? 500));
  return { status: 200, body: { payments: found } };
};

const the = appUnderTest(
  { RECONCILE_AT: '00:00' },
  { fixed: { 'GET /reconciliations/payments?': showPayments } },
);
afterEach(() => {
  records = undefined;
});

const GRACE_MS = 61_000;
const placed = async (): Promise<number> => {
  the.pay.answers((request) => {
    const { orderId, price, reference } = request.body;
    payments.set(orderId, { orderId, price, reference, process: 'Payed', changedAt: the.environment.now() });
    return payed(request);
  });
  const { status, body } = await order(the);
  assert.equal(status, 201);
  return body.id;
};
const change = (id: number, differing: Partial<Kept>) =>
  payments.set(id, { ...(payments.get(id) as Kept), ...differing });
const reconcile = async (body: object = {}) => {
  const answer = the.app.post('/reconciliations', body);
  // The second look is 3 s after the first.
  const jumping = setInterval(() => the.environment.jump(1_000), 50);
  return answer.finally(() => clearInterval(jumping));
};
const measured = async (kind: string) =>
  Number(
    (await the.app.get('/metrics')).text
      .split('\n')
      .find((line) => line.startsWith('reconciliation_differences{') && line.includes(`kind="${kind}"`))
      ?.split(' ')
      .at(-1),
  );

describe('a comparison of orders with pay’s payments', () => {
  test('leaves what just happened for the next time, and finds no difference where there is none', async () => {
    await placed();
    const now = await reconcile();
    assert.deepEqual([now.status, now.body.total], [200, 0]);
    assert.ok(now.body.moving > 0);
    the.environment.jump(GRACE_MS);
    const { body } = await reconcile();
    assert.deepEqual([body.total, body.moving, body.differences], [0, 0, []]);
    assert.ok(body.orders > 0);
  });

  test('names each difference, and shows their number as a metric until they are gone', async () => {
    const [lost, repriced, foreign, back] = [await placed(), await placed(), await placed(), await placed()];
    const [cancelled, unmatched] = [await placed(), await placed()];
    for (const id of [cancelled, unmatched]) await the.app.patch(`/orders/${id}`, { status: 'cancel' });
    const kept = [lost, repriced, foreign, back, unmatched].map((id) => payments.get(id) as Kept);
    payments.delete(lost);
    change(repriced, { price: 1 });
    change(foreign, { reference: 'another' });
    change(back, { process: 'PayCancelled' });
    change(unmatched, { process: 'Voided' });
    const without = { orderId: 77_777, price: 500, reference: 'lost', process: 'Payed' };
    payments.set(77_777, { ...without, changedAt: the.environment.now() });
    the.environment.jump(GRACE_MS);
    const { body } = await reconcile();
    const found = body.differences.map(({ kind, orderId }: { kind: string; orderId: number }) => [
      orderId,
      kind,
    ]);
    assert.deepEqual(
      found.sort(([a]: [number], [b]: [number]) => a - b),
      [
        [lost, 'orderWithoutPayment'],
        [repriced, 'pricesDiffer'],
        [foreign, 'referencesDiffer'],
        [back, 'refundNotNoted'],
        [cancelled, 'cancelledButCharged'],
        [unmatched, 'cancelledWithoutPayment'],
        [77_777, 'paymentWithoutOrder'],
      ],
    );
    assert.equal(await measured('orderWithoutPayment'), 1);
    for (const each of kept) payments.set(each.orderId, each);
    for (const id of [cancelled, unmatched]) change(id, { process: 'CancelPending' });
    payments.delete(77_777);
    assert.equal((await reconcile()).body.total, 0);
    assert.equal(await measured('orderWithoutPayment'), 0);
  });

  test('drops what agrees at a second look: it was under way', async () => {
    const id = await placed();
    await the.app.patch(`/orders/${id}`, { status: 'cancel' });
    the.environment.jump(GRACE_MS);
    const answer = reconcile();
    change(id, { process: 'CancelPending' });
    const { body } = await answer;
    assert.deepEqual([body.total, body.differences], [0, []]);
  });

  test('reads page by page, either side of which may be the longer', async () => {
    const at = the.environment.now();
    for (let id = 800_001; id <= 800_700; id++)
      payments.set(id, { orderId: id, price: 1, reference: null, process: 'Payed', changedAt: at });
    the.environment.jump(GRACE_MS);
    const { body } = await reconcile();
    assert.equal(body.total, 700);
    for (let id = 800_001; id <= 800_700; id++) payments.delete(id);
  });

  for (const answer of [
    { status: 503 },
    { status: 404 },
    { status: 200, body: { payments: [{}] } },
    'reset',
  ] as const)
    test(`is refused for now when pay answers ${JSON.stringify(answer)}`, async () => {
      records = () => answer;
      const { status, body } = await reconcile();
      assert.deepEqual([status, body.code], [503, 'payment-records-unavailable']);
    });

  test('is of the days that are asked for', async () => {
    const { body } = await reconcile({ from: '2001-01-01', to: '2001-01-02' });
    assert.deepEqual([body.from, body.to, body.orders, body.total], ['2001-01-01', '2001-01-02', 0, 0]);
    for (const refused of [
      { from: '2001-01-02', to: '2001-01-01' },
      { from: '2000-01-01', to: '2001-01-01' },
    ])
      assert.equal((await reconcile(refused)).body.code, 'request-invalid');
  });
});
