import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordReader, UnitOfWork } from '@phone82/persistence';
import { add, emptyTally, type Tally } from './tally.ts';

/** What every store does about whose records are whose. */
export function ownershipCases(
  the: () => { readonly unitOfWork: UnitOfWork<Tally>; readonly reader: RecordReader<Tally> },
) {
  const page = { page: 0, size: 10, sort: { field: 'id', direction: 'asc' } } as const;
  const put = (id: number, label: string) =>
    the().unitOfWork.run(async (transaction) => transaction.put(add(emptyTally(id, label), id)));

  test('finds a record only for whom it belongs to, also when both ask at once', async () => {
    await put(1, 'alice');
    await put(2, 'bob');
    const asked = ['alice', 'bob'].flatMap((customer) =>
      [1, 2].map((id) => the().reader.find(id, { customer })),
    );
    const found = await Promise.all([
      ...asked,
      the().reader.find(1),
      the().reader.find(3, { customer: 'alice' }),
    ]);
    assert.deepEqual(
      found.map((tally) => tally && [tally.id, tally.entries]),
      [[1, [1]], undefined, undefined, [2, [2]], [1, [1]], undefined],
    );
  });

  test('lists and counts only what belongs to someone', async () => {
    for (const [id, label] of ['alice', 'bob', 'alice'].entries()) await put(id + 1, label);
    const listed = async (ownedBy?: { customer?: string }) => {
      const { items, totalElements } = await the().reader.list(page, {}, ownedBy);
      return [items.map(({ id }) => id), totalElements];
    };
    assert.deepEqual(await listed({ customer: 'alice' }), [[1, 3], 2]);
    assert.deepEqual(await listed({ customer: 'nobody' }), [[], 0]);
    assert.deepEqual(await listed({}), [[], 0], 'an owner without a name owns nothing');
    assert.deepEqual(await listed(), [[1, 2, 3], 3]);
  });

  test('gives a command no record of somebody else, and the own one as the transaction left it', async () => {
    await put(1, 'alice');
    await the().unitOfWork.run(async (transaction) => {
      assert.equal(await transaction.get(1, { customer: 'bob' }), undefined);
      assert.equal(await transaction.get(1, {}), undefined);
      const own = await transaction.get(1, { customer: 'alice' });
      assert.equal(own?.total, 1);
      transaction.put(add(own as Tally, 5));
      assert.equal((await transaction.get(1, { customer: 'alice' }))?.total, 6);
      assert.equal(await transaction.get(1, { customer: 'bob' }), undefined, 'though it is read already');
    });
    assert.equal((await the().reader.find(1))?.total, 6);
  });
}
