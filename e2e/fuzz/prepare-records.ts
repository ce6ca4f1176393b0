import { eventually } from '@phone82/testkit';
import { sendRecords, unreadable } from '../foreign-sender.ts';
import { cancelOrder, endsAs, placeOrder } from '../order-story.ts';
import type { SystemUnderTest } from '../system-under-test.ts';
import type { FuzzedService } from './fuzz-service.ts';

const KEPT = 4;
const CANCELLED = 2;
/** Far from the numbers of real orders. */
const POISONED_ORDER = 900_000_000;

/** Orders 1 to 6 in all services, two of them taken back, and the dead letters poison-1 to poison-5 in each. */
export async function prepareRecords(
  system: SystemUnderTest,
  services: readonly FuzzedService[],
): Promise<void> {
  for (let order = 0; order < KEPT; order++) await placeOrder(system);
  for (let order = 0; order < CANCELLED; order++) {
    const id = await placeOrder(system);
    await cancelOrder(system, id);
    await endsAs(system, id, 'takenBack');
  }
  // Every service listens to one of these two.
  const letters = [1, 2, 3, 4, 5].flatMap((number) => [
    unreadable(`poison-${number}`, 'PayCompleted', POISONED_ORDER + number),
    unreadable(`poison-${number}`, 'OrderCancelled', POISONED_ORDER + number),
  ]);
  await sendRecords(system, ...letters);
  for (const service of services)
    await eventually(
      async () => {
        const { body } = await system.http(service).get('/dead-letters');
        if (body.totalElements < 5) throw new Error(`${service} has ${body.totalElements} of 5 dead letters`);
      },
      { timeoutMs: 30_000 },
    );
}
