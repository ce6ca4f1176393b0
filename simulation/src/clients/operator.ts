import { decodeRecord } from '@phone82/contracts';
import type { LoggedRecord } from '@phone82/messaging';
import { keepers } from '@phone82/service-list';
import type { World } from '../world/world.ts';
import type { Client } from './client.ts';

/** Whoever runs the system, once it is well again: discards what cannot be read, and retries the rest. */
export async function workOffDeadLetters(client: Client, world: World, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    let workedOff = 0;
    for (const service of keepers) workedOff += await workOff(client, world, service);
    // Behind a letter that is gone may be another one, of the same order.
    await client.environment.sleep(workedOff > 0 ? 100 : 1_000);
  }
}

/** Says how many letters it tried. */
async function workOff(client: Client, world: World, service: string): Promise<number> {
  const isAnswered = ({ status }: { status: number }) => status < 500;
  const listed = await client.askUntil(service, { method: 'GET', url: '/dead-letters?size=100' }, isAnswered);
  const letters = (listed?.body.items ?? []) as {
    messageId: string;
    state: string;
    record: string;
    reason: string;
  }[];
  if (letters.length > 0 && !mayHaveLetters(world))
    world.violate(
      `I8 ${service} has the dead letter ${letters[0]?.messageId}, and no message was bad: ${letters[0]?.reason}`,
    );
  const dead = letters.filter(({ state }) => state === 'dead');
  for (const { messageId, record } of dead) {
    const verb = isReadable(record) ? 'retry' : 'discard';
    const url = `/dead-letters/${encodeURIComponent(messageId)}/${verb}`;
    await client.askUntil(service, { method: 'POST', url }, isAnswered);
  }
  return dead.length;
}

const mayHaveLetters = ({ faults: { counts } }: World) =>
  counts.has('unreadable record in the log') || counts.has('value refused by the database');

/** Whether another try can help: a record that is no event stays none. */
function isReadable(text: string): boolean {
  const record = JSON.parse(text) as LoggedRecord;
  return decodeRecord(record, record).kind !== 'malformed';
}
