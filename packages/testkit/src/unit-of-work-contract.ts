import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { WireRecord } from '@phone82/contracts';
import {
  ConcurrencyError,
  type DeadLetter,
  type Outbox,
  type RecordReader,
  type UnitOfWork,
} from '@phone82/persistence';
import { withContext } from '@phone82/telemetry';
import { ownershipCases } from './ownership-contract.ts';
import { add, emptyTally, type Tally, totalled } from './tally.ts';

/** A store of tallies, empty. */
export interface UnitOfWorkUnderTest {
  readonly unitOfWork: UnitOfWork<Tally>;
  readonly reader: RecordReader<Tally>;
  readonly outbox: Outbox;
  close(): Promise<void>;
}

/** What every unit of work does, whatever it stores in. */
export function unitOfWorkContract(name: string, open: () => Promise<UnitOfWorkUnderTest>): void {
  describe(`unit of work contract: ${name}`, () => {
    let subject: UnitOfWorkUnderTest;
    beforeEach(async () => {
      subject = await open();
    });
    afterEach(() => subject.close());
    const the = () => subject;
    recordCases(the);
    conflictCases(the);
    eventCases(the);
    messageCases(the);
    listCases(the);
    ownershipCases(the);
  });
}

type The = () => UnitOfWorkUnderTest;

const increment = ({ unitOfWork }: UnitOfWorkUnderTest, id: number, amount: number) =>
  unitOfWork.run(async (transaction) => {
    const next = add((await transaction.get(id)) ?? emptyTally(id), amount);
    transaction.put(next);
    transaction.publish(totalled(next));
  });

async function waiting({ outbox }: UnitOfWorkUnderTest): Promise<readonly WireRecord[]> {
  const turn = await outbox.takeTurn('contract', 5_000);
  assert.ok(turn);
  const events = await turn.next(1_000);
  await turn.release();
  return events.map(({ record }) => record);
}

const pointsOf = (records: readonly WireRecord[]) => records.map(({ value }) => JSON.parse(value).point);

function recordCases(the: The) {
  test('stores a record with version 1 and its event in one commit', async () => {
    await increment(the(), 7, 5);
    assert.deepEqual(await the().reader.find(7), { ...add(emptyTally(7), 5), version: 1 });
    assert.deepEqual(pointsOf(await waiting(the())), [5]);
  });

  test('stores whole numbers, whatever chance made of a time', async () => {
    await the().unitOfWork.run(async (transaction) => {
      transaction.put({ ...emptyTally(7), total: 1_500.25 });
    });
    assert.equal((await the().reader.find(7))?.total, 1_501);
  });

  test('leaves nothing behind when the work throws', async () => {
    const failing = the().unitOfWork.run(async (transaction) => {
      await transaction.claimMessages(['m1']);
      transaction.put(emptyTally(7));
      transaction.publish(totalled(emptyTally(7)));
      transaction.addDeadLetter(letter('m1', 7, 'dead'));
      throw new TypeError('no');
    });
    await assert.rejects(failing, TypeError);
    assert.equal(await the().reader.find(7), undefined);
    assert.deepEqual(await waiting(the()), []);
    await the().unitOfWork.run(async (transaction) => {
      const { fresh, blocked } = await transaction.admit([{ messageId: 'm1', orderId: 7 }]);
      assert.deepEqual([fresh, blocked], [new Set(['m1']), new Set()]);
    });
  });

  test('shows a transaction what it put itself, and raises the version once', async () => {
    await the().unitOfWork.run(async (transaction) => {
      transaction.put(add(emptyTally(7), 1));
      const again = await transaction.get(7);
      assert.equal(again?.total, 1);
      transaction.put(add(again as Tally, 1));
    });
    const stored = await the().reader.find(7);
    assert.equal(stored?.total, 2);
    assert.equal(stored?.version, 1);
  });

  test('loads many records at once and finds none for unknown ids', async () => {
    for (const id of [3, 1, 2]) await increment(the(), id, id * 10);
    await the().unitOfWork.run(async (transaction) => {
      await transaction.prefetch([3, 2, 99, 1]);
      assert.equal((await transaction.get(3))?.total, 30);
      assert.equal((await transaction.get(1))?.total, 10);
      assert.equal(await transaction.get(99), undefined);
    });
  });

  test('appends ledger entries once and reads them back in order', async () => {
    for (const amount of [300_000, -300_000, 5]) await increment(the(), 7, amount);
    assert.deepEqual((await the().reader.find(7))?.entries, [300_000, -300_000, 5]);
  });
}

function conflictCases(the: The) {
  test('refuses to save over a newer version, after five runs', async () => {
    await increment(the(), 7, 1);
    let runs = 0;
    const stale = the().unitOfWork.run(async (transaction) => {
      runs++;
      transaction.put(add(emptyTally(7), 100));
      transaction.publish(totalled(emptyTally(7)));
    });
    await assert.rejects(stale, ConcurrencyError);
    assert.equal(runs, 5);
    assert.equal((await the().reader.find(7))?.total, 1);
    assert.deepEqual(pointsOf(await waiting(the())), [1]);
  });

  test('runs the work again after a conflict, with what is stored by now', async () => {
    await increment(the(), 7, 1);
    let guess: Tally | undefined = emptyTally(7);
    await the().unitOfWork.run(async (transaction) => {
      transaction.put(add(guess ?? ((await transaction.get(7)) as Tally), 10));
      guess = undefined;
    });
    assert.equal((await the().reader.find(7))?.total, 11);
  });

  test('takes what is known for read, unless it is no longer so', async () => {
    await increment(the(), 7, 1);
    const seen: (number | undefined)[] = [];
    const addTo = (known: Tally | undefined) =>
      the().unitOfWork.run(
        async (transaction) => {
          const tally = await transaction.get(7);
          seen.push(tally?.total);
          transaction.put(add(tally ?? emptyTally(7), 10));
        },
        new Map([[7, known]]),
      );
    await addTo({ ...add(emptyTally(7), 1), version: 1 });
    await addTo(undefined);
    assert.deepEqual(seen, [1, undefined, 11]);
    assert.equal((await the().reader.find(7))?.total, 21);
  });

  test('reads what is known where nothing comes of it', async () => {
    await increment(the(), 7, 1);
    const found = await the().unitOfWork.run(
      async (transaction) => transaction.get(7),
      new Map([[7, undefined]]),
    );
    assert.equal(found?.total, 1);
  });

  test('loses none of many concurrent increments', async () => {
    await increment(the(), 7, 1);
    await Promise.all(Array.from({ length: 25 }, () => increment(the(), 7, 1)));
    const stored = await the().reader.find(7);
    assert.equal(stored?.total, 26);
    assert.equal(stored?.version, 26);
  });

  test('creates a record once when several try at the same time', async () => {
    await Promise.all(Array.from({ length: 4 }, () => increment(the(), 8, 1)));
    assert.equal((await the().reader.find(8))?.total, 4);
  });
}

function eventCases(the: The) {
  test('keeps the events of one order in the order of its changes', async () => {
    await increment(the(), 7, 1);
    await Promise.all(Array.from({ length: 20 }, (_, index) => increment(the(), 7 + (index % 2), 1)));
    const records = await waiting(the());
    const ofOrder = (key: string) => pointsOf(records.filter((record) => record.key === key));
    assert.deepEqual(ofOrder('7'), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    assert.deepEqual(ofOrder('8'), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test('tells its listeners of commits that published, and of no others', async () => {
    let calls = 0;
    the().unitOfWork.onPublished(() => calls++);
    await the().unitOfWork.run(async (transaction) => transaction.put(emptyTally(1)));
    const failing = the().unitOfWork.run(async (transaction) => {
      transaction.publish(totalled(emptyTally(2)));
      throw new TypeError('no');
    });
    await assert.rejects(failing, TypeError);
    assert.equal(calls, 0);
    await increment(the(), 3, 1);
    assert.equal(calls, 1);
  });

  test('stamps events with an id of their own and the trace of their cause', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await withContext({ correlationId: 'c-1', traceparent, causationId: 'm-0' }, () =>
      increment(the(), 7, 1),
    );
    const [first] = await waiting(the());
    assert.equal(first?.headers.ce_correlationid, 'c-1');
    assert.equal(first?.headers.ce_causationid, 'm-0');
    assert.equal(first?.headers.traceparent, traceparent);
    assert.ok(first?.headers.ce_id);
    assert.equal(first?.key, '7');
  });

  test('forgets events that a relay published, and keeps the others', async () => {
    for (const amount of [1, 2, 3]) await increment(the(), 7, amount);
    const turn = await the().outbox.takeTurn('relay', 5_000);
    const first = await turn?.next(2);
    assert.equal(await turn?.remove(first ?? []), true);
    await turn?.release();
    assert.deepEqual(pointsOf(await waiting(the())), [6]);
    assert.equal((await the().outbox.backlog()).depth, 1);
  });
}

const letter = (messageId: string, orderId: number | null, state: DeadLetter['state']): DeadLetter => ({
  messageId,
  orderId,
  eventType: 'Ordered',
  record: '{}',
  reason: 'because',
  state,
});

function messageCases(the: The) {
  test('hands a message to one of several transactions only', async () => {
    const claim = () => the().unitOfWork.run((transaction) => transaction.claimMessages(['a', 'b', 'b']));
    const claims = await Promise.all(Array.from({ length: 5 }, claim));
    assert.deepEqual(claims.flatMap((claimed) => [...claimed]).sort(), ['a', 'b']);
  });

  test('admits a message once, with the record of its order', async () => {
    await increment(the(), 7, 5);
    const arrivals = ['a', 'b', 'b'].map((messageId) => ({ messageId, orderId: 7 }));
    const admit = () =>
      the().unitOfWork.run(async (transaction) => {
        const { fresh } = await transaction.admit([...arrivals, { messageId: 'c', orderId: null }]);
        if (fresh.size > 0) transaction.put(add((await transaction.get(7)) as Tally, fresh.size));
        return fresh;
      });
    const outcomes = await Promise.all(Array.from({ length: 4 }, admit));
    assert.deepEqual(outcomes.flatMap((fresh) => [...fresh]).sort(), ['a', 'b', 'c']);
    assert.equal((await the().reader.find(7))?.total, 8);
  });

  test('marks an admitted message also when nothing else changes, and not when the work throws', async () => {
    const admit = (end: () => void) =>
      the().unitOfWork.run(async (transaction) => {
        const { fresh } = await transaction.admit([{ messageId: 'a', orderId: 7 }]);
        end();
        return fresh.size;
      });
    const fails = () => {
      throw new TypeError('no');
    };
    await assert.rejects(admit(fails), TypeError);
    const sizes = [await admit(() => undefined), await admit(() => undefined)];
    assert.deepEqual(sizes, [1, 0]);
  });

  test('says which admitted messages wait behind a dead letter', async () => {
    await the().unitOfWork.run(async (transaction) => transaction.addDeadLetter(letter('m1', 7, 'dead')));
    await the().unitOfWork.run(async (transaction) => {
      const arrivals = [7, 8].map((orderId) => ({ messageId: `of ${orderId}`, orderId }));
      assert.deepEqual((await transaction.admit(arrivals)).blocked, new Set([7]));
    });
  });

  test('knows which orders have dead letters, those of this transaction included', async () => {
    await the().unitOfWork.run(async (transaction) => transaction.addDeadLetter(letter('m1', 7, 'dead')));
    await the().unitOfWork.run(async (transaction) => {
      transaction.addDeadLetter(letter('m2', 8, 'dead'));
      transaction.addDeadLetter(letter('m3', null, 'dead'));
      const arrivals = [7, 8, 9].map((orderId) => ({ messageId: `of ${orderId}`, orderId }));
      assert.deepEqual((await transaction.admit(arrivals)).blocked, new Set([7, 8]));
    });
  });

  test('lists the dead letters of an order, oldest first, and removes them', async () => {
    const letters = [letter('z', 7, 'dead'), letter('a', 7, 'parked'), letter('x', null, 'dead')];
    for (const each of letters)
      await the().unitOfWork.run(async (transaction) => transaction.addDeadLetter(each));
    await the().unitOfWork.run(async (transaction) => {
      assert.deepEqual(
        await transaction.deadLettersWith({ messageId: 'a', orderId: 7 }),
        letters.slice(0, 2),
      );
      assert.deepEqual(
        await transaction.deadLettersWith({ messageId: 'x', orderId: null }),
        letters.slice(2),
      );
      transaction.removeDeadLetter('z');
    });
    await the().unitOfWork.run(async (transaction) => {
      const left = await transaction.deadLettersWith({ messageId: 'a', orderId: 7 });
      assert.deepEqual(left, [letters[1]]);
    });
  });
}

function listCases(the: The) {
  const page = (field: string, direction: 'asc' | 'desc', number = 0, size = 10) => ({
    page: number,
    size,
    sort: { field, direction },
  });
  const fill = () =>
    the().unitOfWork.run(async (transaction) => {
      for (let id = 1; id <= 7; id++)
        transaction.put({ ...emptyTally(id, id % 2 ? 'odd' : 'even'), total: id % 3 });
      transaction.put(emptyTally(8, 'hidden'));
    });

  test('lists pages in a stable order, without unlisted records', async () => {
    await fill();
    const first = await the().reader.list(page('total', 'asc', 0, 4));
    const second = await the().reader.list(page('total', 'asc', 1, 4));
    assert.equal(first.totalElements, 7);
    assert.deepEqual(
      [...first.items, ...second.items].map(({ id }) => id),
      [3, 6, 1, 4, 7, 2, 5],
    );
    assert.equal((await the().reader.find(8))?.label, 'hidden');
  });

  test('lists what a filter leaves, newest first', async () => {
    await fill();
    const found = await the().reader.list(page('id', 'desc'), { label: 'odd' });
    assert.deepEqual(
      found.items.map(({ id }) => id),
      [7, 5, 3, 1],
    );
    assert.equal(found.totalElements, 4);
  });

  test('refuses to sort or filter by what is not offered', async () => {
    await assert.rejects(the().reader.list(page('secret', 'asc')), RangeError);
    await assert.rejects(the().reader.list(page('id', 'asc'), { total: 1 }), RangeError);
  });
}
