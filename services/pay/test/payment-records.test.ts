import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest();
const { becomes, cancel, payed } = storyOf(the);

interface Record {
  readonly orderId: number;
  readonly changedAt: number;
}
const list = (query: string) => the.pay.get(`/reconciliations/payments?${query}`);
const idsOf = async (query: string): Promise<readonly number[]> => {
  const { status, body } = await list(query);
  assert.equal(status, 200, JSON.stringify(body));
  return body.payments.map(({ orderId }: Record) => orderId);
};

describe('payments as app compares them with its orders', () => {
  const ids: number[] = [];
  let from = 0;
  before(async () => {
    from = the.environment.now() - 5_000;
    for (let count = 0; count < 5; count++) ids.push(await payed());
    await cancel(ids[0] as number);
    await becomes(ids[0] as number, 'PayCancelled');
  });
  const period = () => `from=${from}&to=${the.environment.now() + 60_000}`;

  test('show price, reference, process, and when something last happened', async () => {
    const { body } = await list(`ids=${ids[1]}`);
    const { changedAt, ...shown } = body.payments[0];
    assert.ok(changedAt > from);
    const reference = `ref-${ids[1]}`;
    assert.deepEqual(shown, { orderId: ids[1], price: 500_000, reference, process: 'Payed' });
    const back = (await list(`ids=${ids[0]}`)).body.payments[0];
    assert.deepEqual([back.process, back.changedAt > changedAt], ['PayCancelled', true]);
  });

  test('of some orders are listed by id; those that are not there are left out', async () => {
    assert.deepEqual(await idsOf(`ids=${ids[2]},999999,${ids[1]}`), [ids[1], ids[2]]);
  });

  test('of a period come page by page', async () => {
    assert.deepEqual(await idsOf(period()), ids);
    assert.deepEqual(await idsOf(`${period()}&size=2`), ids.slice(0, 2));
    assert.deepEqual(await idsOf(`${period()}&size=2&after=${ids[1]}`), ids.slice(2, 4));
    assert.deepEqual(await idsOf('from=0&to=1'), []);
  });

  const tooMany = Array.from({ length: 501 }, (_, index) => index + 1).join();
  for (const query of ['', 'from=1', 'ids=x', 'ids=1,', `ids=${tooMany}`, 'from=0&to=1&size=1001', 'all=1'])
    test(`are not shown for ${query.slice(0, 20) || 'nothing'}`, async () => {
      const { status, body } = await list(query);
      assert.deepEqual([status, body.code], [400, 'request-invalid']);
    });
});
