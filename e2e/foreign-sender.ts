import type { WireRecord } from '@phone82/contracts';
import { createPostgresBus, type EventBus } from '@phone82/messaging';
import { realEnvironment } from '@phone82/runtime';
import { recordingLog } from '@phone82/testkit';
import { addressOf } from './database-server.ts';
import type { SystemUnderTest } from './system-under-test.ts';

/** The embedded log of a running system. */
export async function busOf(system: SystemUnderTest): Promise<EventBus> {
  const url = await addressOf(system, 'phone82_bus');
  return createPostgresBus({ url, environment: realEnvironment, log: recordingLog() });
}

/** Puts records on a running system's log as they are, as a sender that is none of ours would. */
export async function sendRecords(system: SystemUnderTest, ...records: readonly WireRecord[]): Promise<void> {
  const bus = await busOf(system);
  try {
    await bus.publish(records);
  } finally {
    await bus.close();
  }
}

/** A record that says what it is and cannot be read as that. */
export const unreadable = (messageId: string, eventType: string, orderId: number): WireRecord => ({
  key: String(orderId),
  value: JSON.stringify({ eventType, id: orderId, orderId, price: 'a lot', qty: 'many' }),
  headers: { ce_id: messageId, ce_type: eventType },
});
