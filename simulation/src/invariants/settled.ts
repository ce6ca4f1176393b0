import { recordsOf } from '../services/simulated-service.ts';
import { isForeign } from '../world/foreign-orders.ts';
import type { World } from '../world/world.ts';
import { gatherEvidence, isPastApp } from './evidence.ts';
import { booksMatchOrders } from './money.ts';

/** What is still under way, in words; empty when everything has come to its end. */
export async function unsettled(world: World): Promise<string[]> {
  const { databases, log, network, plan } = world;
  const { app, pay, store, marketing, views } = databases;
  const left: string[] = [];
  for (const [name, { store: held }] of Object.entries({
    app,
    pay,
    store,
    marketing,
    customer: views.database,
  })) {
    if (held.outbox.size > 0) left.push(`${name}: ${held.outbox.size} events in the outbox`);
    if (held.deadLetters.size > 0) left.push(`${name}: dead letters ${[...held.deadLetters.keys()]}`);
  }
  for (const group of log.groups.keys()) {
    const { total } = await log.lag(group);
    const isRetired =
      group.startsWith('customer-') &&
      !views.generations.some(({ number }) => group === `customer-${number}`);
    if (total > 0 && !isRetired) left.push(`${group}: ${total} records unread`);
  }
  if (views.generations.some(({ state }) => state === 'building'))
    left.push('customer: a view is being built');
  for (const { id, status } of recordsOf(app))
    if (status === 'Pending' || status === 'Ordered' || status === 'OrderCancelled')
      left.push(`order ${id} is ${status}`);
  for (const { id, state } of recordsOf(pay))
    if (['Requested', 'Unknown', 'VoidRequested', 'CancelPending'].includes(state))
      left.push(`payment ${id} is ${state}`);
  for (const { id, state } of recordsOf(store)) {
    const waits =
      state === 'AwaitingPayment' ||
      state === 'AwaitingOrder' ||
      (state === 'Payed' && !plan.shipping.manual);
    if (waits && !isForeign(id) && !isPastApp(pay.store.records.get(id)))
      left.push(`delivery ${id} is ${state}`);
  }
  for (const { id, state } of recordsOf(marketing))
    if (state === 'Due') left.push(`mileage ${id} is ${state}`);
  // A charge that came after its order had ended goes back, and that takes its time as well.
  if (left.length === 0) left.push(...booksMatchOrders(await gatherEvidence(world, [])));
  if (network.underWay > 0) left.push(`${network.underWay} requests under way`);
  return left;
}
