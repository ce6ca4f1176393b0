import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachTallyService, paid } from './tally-with-faults.ts';

const ALWAYS = Number.POSITIVE_INFINITY;

eachTallyService('a message that cannot be handled', (the) => {
  const retry = async (id: string) => (await the.service.post(`/dead-letters/${id}/retry`, {})).body;
  const discard = async (id: string) => (await the.service.post(`/dead-letters/${id}/discard`, {})).body;

  test('is kept with its reason when it is no JSON, no event, or not what its type says', async () => {
    const headers = { ce_type: 'PayCompleted' };
    await the.send(
      { key: '1', value: '{"eventType":', headers: { ...headers, ce_id: 'no-json' } },
      { key: '2', value: '[1, 2]', headers: { ...headers, ce_id: 'no-object' } },
      { key: '3', value: '', headers: { ...headers, ce_id: 'empty' } },
      paid(4, -1),
      paid(5, 7),
    );
    const { items } = (await the.service.get('/dead-letters')).body;
    assert.deepEqual(items.map((letter: { messageId: string }) => letter.messageId).sort(), [
      'empty',
      'm-4--1',
      'no-json',
      'no-object',
    ]);
    for (const { reason, record, state } of items) {
      assert.ok(reason.length > 0 && JSON.parse(record).headers.ce_type === 'PayCompleted');
      assert.equal(state, 'dead');
    }
    assert.deepEqual(await the.entries(5), [7]);
  });

  test('is passed over when its type is unknown or not for this service', async () => {
    const record = { key: '1', headers: { ce_id: 'later', ce_type: 'Invented' } };
    await the.send(
      { ...record, value: '{"eventType":"Invented","id":1}' },
      {
        key: '1',
        headers: { ce_id: 'foreign', ce_type: 'Shipped' },
        value: '{"eventType":"Shipped","orderId":"?"}',
      },
      paid(1, 7),
    );
    assert.deepEqual([await the.letters(), await the.entries(1)], [[], [7]]);
  });

  test('is tried five times; later ones of its order then wait, other orders pass', async () => {
    the.failures.set(13, ALWAYS);
    await the.send(paid(1, 10), paid(1, 13), paid(2, 20), paid(1, 11));
    assert.deepEqual(await the.letters(), ['m-1-13 dead', 'm-1-11 parked']);
    // Once together with the others, then five times by itself.
    assert.equal(the.tries.filter((price) => price === 13).length, 6);
    await the.send(paid(1, 12), paid(2, 21));
    assert.deepEqual(await the.letters(), ['m-1-13 dead', 'm-1-11 parked', 'm-1-12 parked']);
    assert.deepEqual([await the.entries(1), await the.entries(2)], [[10], [20, 21]]);
    const { body } = await the.service.get('/dead-letters/m-1-13');
    assert.equal(body.reason, 'TypeError: cannot add 13');
  });

  test('is no dead letter when it fails twice and then works, and takes effect once', async () => {
    the.failures.set(13, 2);
    await the.send(paid(1, 13), paid(1, 14));
    assert.deepEqual([await the.letters(), await the.entries(1)], [[], [13, 14]]);
    assert.equal(the.service.published(1).length, 2);
  });

  test('takes effect once, with those behind it in order, however often it is tried again', async () => {
    the.failures.set(13, ALWAYS);
    await the.send(paid(1, 10), paid(1, 13), paid(1, 11), paid(1, 12));
    the.failures.clear();
    const outcomes = await Promise.all([retry('m-1-13'), retry('m-1-13'), retry('m-1-12')]);
    await the.service.settled();
    for (const { outcome, code } of outcomes) assert.ok(outcome === 'handled' || code === 'not-found');
    assert.deepEqual([await the.letters(), await the.entries(1)], [[], [10, 13, 11, 12]]);
    assert.equal(the.service.published(1).length, 4);
    assert.equal((await retry('m-1-13')).code, 'not-found');
  });

  test('does nothing more when the log brings it again, dead or handled since', async () => {
    the.failures.set(13, ALWAYS);
    await the.send(paid(1, 13), paid(1, 14));
    await the.send(paid(1, 13), paid(1, 14));
    assert.deepEqual(await the.letters(), ['m-1-13 dead', 'm-1-14 parked']);
    the.failures.clear();
    assert.deepEqual(await retry('m-1-13'), { outcome: 'handled' });
    await the.send(paid(1, 13), paid(1, 14));
    assert.deepEqual([await the.letters(), await the.entries(1)], [[], [13, 14]]);
  });

  test('stays with its reason while the fault lasts, and effects nothing', async () => {
    the.failures.set(13, ALWAYS);
    await the.send(paid(1, 13), paid(1, 14));
    assert.deepEqual(await retry('m-1-13'), { outcome: 'stuck' });
    assert.deepEqual(await the.letters(), ['m-1-13 dead', 'm-1-14 parked']);
    assert.deepEqual([await the.entries(1), the.service.published(1)], [[], []]);
  });

  test('lets those behind it pass, in order, when it is discarded', async () => {
    the.failures.set(13, ALWAYS);
    await the.send(paid(1, 13), paid(1, 14), paid(1, 15));
    const outcomes = await Promise.all([discard('m-1-13'), discard('m-1-13')]);
    for (const { outcome, code } of outcomes) assert.ok(outcome === 'handled' || code === 'not-found');
    assert.deepEqual([await the.letters(), await the.entries(1)], [[], [14, 15]]);
    await the.send(paid(1, 13));
    assert.deepEqual(await the.entries(1), [14, 15]);
  });

  test('keeps its order when others of the order arrive while it is worked off', async () => {
    the.failures.set(13, ALWAYS);
    await the.send(paid(1, 13), ...Array.from({ length: 20 }, (_, index) => paid(1, 100 + index)));
    the.failures.clear();
    await Promise.all([
      retry('m-1-13'),
      ...Array.from({ length: 20 }, (_, index) => the.service.publishRecords(paid(1, 120 + index))),
    ]);
    await the.service.settled();
    const rest = (await the.letters())[0]?.split(' ')[0];
    if (rest) assert.deepEqual(await retry(rest), { outcome: 'handled' });
    const wanted = [13, ...Array.from({ length: 40 }, (_, index) => 100 + index)];
    assert.deepEqual([await the.letters(), await the.entries(1)], [[], wanted]);
  });

  test('can be seen and retried by any id that a sender may have given it', async () => {
    the.failures.set(13, ALWAYS);
    const ids = ['a/b', '../x', 'with space?#%', '주문'.repeat(50), 'x'.repeat(200), 'y'.repeat(300)];
    for (const [index, ce_id] of ids.entries())
      await the.send({ ...paid(10 + index, 13), headers: { ...paid(1, 13).headers, ce_id } });
    the.failures.clear();
    const { items } = (await the.service.get('/dead-letters')).body;
    assert.equal(items.length, ids.length);
    for (const { messageId } of items) {
      const address = `/dead-letters/${encodeURIComponent(messageId)}`;
      assert.equal((await the.service.get(address)).status, 200, messageId);
      assert.equal((await the.service.post(`${address}/retry`, {})).status, 200, messageId);
    }
    assert.deepEqual(await the.letters(), []);
  });
});
