import { pointOf } from '../../../services/marketing/src/domain/mileage.ts';
import { POINTS_PER_ORDER } from '../services/marketing.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';
import { isForeign } from '../world/foreign-orders.ts';
import type { Evidence } from './evidence.ts';

/** I5: what was committed is in the log, and nothing else is. */
export function* logHoldsWhatWasCommitted({ world, events }: Evidence): Generator<string> {
  const { app, pay, store, marketing } = world.databases;
  const logged = new Set(events.map(({ messageId }) => messageId));
  const committed = new Set(
    [app, pay, store, marketing].flatMap((database) => [...database.committed.keys()]),
  );
  for (const id of committed) if (!logged.has(id)) yield `the event ${id} was committed and never published`;
  for (const { messageId, event } of events)
    if (!committed.has(messageId) && !messageId.startsWith('phoneseller-'))
      yield `the event ${messageId} (${event.eventType}) was published and never committed`;
}

/** I5: whatever comes twice has its effect once. */
export function* effectsHappenOnce({ events, mileages, views }: Evidence): Generator<string> {
  const counts = new Map<string, number>();
  for (const { orderId, event } of events) {
    // A Java record has no identity but its place: the same one twice is two events.
    if (isForeign(orderId)) continue;
    const what = `${event.eventType} of ${orderId}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  for (const [what, count] of counts) if (count > 1) yield `${what} happened ${count} times`;
  for (const mileage of mileages.values()) {
    const amounts = mileage.entries.map(({ amount }) => amount);
    const allowed = ['', `${POINTS_PER_ORDER}`, `${POINTS_PER_ORDER},-${POINTS_PER_ORDER}`];
    if (!allowed.includes(amounts.join()))
      yield `the mileage of ${mileage.id} has the entries ${amounts}, ${pointOf(mileage)} in all`;
  }
  for (const { id, timeline } of views.values()) {
    const ids = timeline.map(({ messageId }) => messageId);
    if (new Set(ids).size !== ids.length) yield `the view of ${id} shows an event twice`;
  }
}

/** I5: what comes behind a dead letter waits for it. */
export function* noneOvertakesDeadLetter({ world }: Evidence): Generator<string> {
  const { app, pay, store, marketing } = world.databases;
  for (const [name, { overtaken }] of Object.entries({ app, pay, store, marketing }))
    if (overtaken.length > 0)
      yield `${name}: messages of the orders ${overtaken} were handled past a dead letter`;
}

/** I6: a record's versions follow each other, one by one. */
export function* versionsGrow({ world }: Evidence): Generator<string> {
  const { app, pay, store, marketing, views } = world.databases;
  yield* growing('app', app);
  yield* growing('pay', pay);
  yield* growing('store', store);
  yield* growing('marketing', marketing);
  for (const [number, table] of views.tables) yield* growing(`view ${number}`, table);
}

// biome-ignore lint/suspicious/noExplicitAny: each service has records of its own
function* growing(name: string, { versions }: SimulatedDatabase<any>): Generator<string> {
  const last = new Map<number, number>();
  for (const { id, version } of versions) {
    const before = last.get(id) ?? 0;
    if (version !== before + 1) yield `${name}: the record ${id} went from version ${before} to ${version}`;
    last.set(id, version);
  }
}
