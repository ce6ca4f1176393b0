import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Aggregate } from '@phone82/persistence';
import { gather } from './gather.ts';
import type { Handled } from './handle-messages.ts';
import type { IncomingMessage } from './incoming-message.ts';

type Message = IncomingMessage<Aggregate>;
const batch = (...ids: string[]) => ids.map((messageId) => ({ messageId }) as Message);
const idsOf = (messages: readonly Message[]) => messages.map(({ messageId }) => messageId).join(' ');
const idle = new AbortController().signal;

function gathered(fails: (ids: string) => boolean = () => false) {
  const runs: string[] = [];
  const handle = gather(async (messages: readonly Message[]): Promise<Handled<Aggregate>> => {
    runs.push(idsOf(messages));
    if (fails(idsOf(messages))) throw new Error(`no: ${idsOf(messages)}`);
    return { handled: messages, deadLettered: [] };
  });
  return { runs, handle };
}

describe('batches of several partitions', () => {
  test('that come at once are handled in one transaction, and counted once', async () => {
    const { runs, handle } = gathered();
    const outcomes = await Promise.all([handle(batch('a', 'b'), idle), handle(batch('c'), idle)]);
    assert.deepEqual(runs, ['a b c']);
    assert.equal(outcomes.flatMap(({ handled }) => handled).length, 3);
  });

  test('that come while one is under way go together after it', async () => {
    const { runs, handle } = gathered();
    const first = handle(batch('a'), idle).then(() =>
      assert.deepEqual(runs, ['a'], 'what came later does not hold up the first'),
    );
    await Promise.resolve();
    await Promise.all([first, handle(batch('b'), idle), handle(batch('c'), idle)]);
    assert.deepEqual(runs, ['a', 'b c']);
  });

  test('that fail together are handled one by one, so that one partition keeps its trouble', async () => {
    const { runs, handle } = gathered((ids) => ids.includes('bad'));
    const outcomes = await Promise.allSettled([
      handle(batch('a'), idle),
      handle(batch('bad'), idle),
      handle(batch('c'), idle),
    ]);
    assert.deepEqual(runs, ['a bad c', 'a', 'bad', 'c']);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
  });

  test('whose partition was lost meanwhile are not handled', async () => {
    const { runs, handle } = gathered();
    const lost = AbortSignal.abort(new Error('lost'));
    const outcomes = await Promise.allSettled([handle(batch('a'), lost), handle(batch('b'), idle)]);
    assert.deepEqual(runs, ['b']);
    assert.equal(outcomes[0]?.status, 'rejected');
  });
});
