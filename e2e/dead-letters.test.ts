import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody } from '@phone82/contracts';
import { eventually } from '@phone82/testkit';
import { sendRecords, unreadable } from './foreign-sender.ts';
import { runningSystem, succeeded } from './system-under-test.ts';

const system = runningSystem();
const ORDER = 900_000_001;
const deadletters = (...words: string[]) => system.run('deadletters', ...words);
const list = async (...words: string[]) => succeeded(await deadletters('list', ...words));
const sent = (event: EventBody, messageId: string) => ({
  key: String(ORDER),
  value: JSON.stringify(event),
  headers: { ce_id: messageId, ce_type: event.eventType },
});

test('an operator sees what could not be handled, tries it again, gives it up, and what waited goes on', async () => {
  assert.match(await list(), /there are no dead letters/);
  await sendRecords(
    system,
    unreadable('poison', 'Ordered', ORDER),
    sent({ eventType: 'Ordered', id: ORDER, item: 'LG10', qty: 1, price: 899_000 }, 'behind-1'),
    sent({ eventType: 'PayCompleted', orderId: ORDER, price: 899_000 }, 'behind-2'),
  );
  await eventually(
    async () => {
      const lines = await list('store');
      assert.match(lines, /store +poison +900000001 +Ordered +dead /);
      assert.match(lines, /store +behind-2 +900000001 +PayCompleted +parked /);
    },
    { timeoutMs: 30_000 },
  );
  assert.equal((await system.http('store').get(`/storeManages/${ORDER}`)).status, 404);

  const shown = JSON.parse(succeeded(await deadletters('show', 'store', 'poison')));
  assert.deepEqual([shown.messageId, shown.orderId, shown.state], ['poison', ORDER, 'dead']);
  assert.match(shown.reason, /qty|price/);

  const again = await deadletters('retry', 'store', 'poison');
  assert.equal(again.code, 1);
  assert.match(again.stdout + again.stderr, /not through yet/);
  assert.match(await list('store'), /behind-1 .*parked/);

  assert.match(succeeded(await deadletters('discard', 'store', 'poison')), /done/);
  assert.match(await list('store'), /there are no dead letters/);
  assert.equal((await system.http('store').get(`/storeManages/${ORDER}`)).body.item, 'LG10');
  assert.match(await list('customer'), /customer +poison .*dead /);
});

test('a letter that is gone, a service that keeps none and words that are wrong are said so', async () => {
  for (const [words, said] of [
    [['show', 'store', 'poison'], /store has no such dead letter/],
    [['retry', 'store', 'poison'], /store has no such dead letter/],
    [['discard', 'gateway', 'poison'], /gateway handles no messages/],
    [['forget', 'store', 'poison'], /is not one of list, show, retry and discard/],
    [['show', 'store'], /Name the message/],
  ] as const) {
    const { code, stdout, stderr } = await deadletters(...words);
    assert.notEqual(code, 0);
    assert.match(stdout + stderr, said);
  }
});
