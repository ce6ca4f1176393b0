import { type PlaceOrderRequest, Problem } from '@phone82/contracts';
import { causeAtHand } from '@phone82/telemetry';
import { isPending, type Order, statusOf } from '../domain/order.ts';
import { askAgain } from './ask-again.ts';
import { changeOrder } from './change-order.ts';
import type { AppPorts, ChargeOutcome, OrderDraft } from './ports.ts';

export interface PlaceOrder extends PlaceOrderRequest {
  readonly customerId: string;
  readonly requestKey?: string | undefined;
}

/** Later than a call to pay can take, its wait in our own queue included: the resolver never races a request that still waits. */
const CRASHED_AFTER_MS = 10_000;
/** A call that got no answer may still be at work; asking at once would seldom find the outcome. */
const ASK_AFTER_MS = 500;

/**
 * Writes the intent down, has it paid, and lets the order form only on a yes. A definite no is a
 * Problem and leaves no order; an order whose outcome is not known yet comes back as Pending.
 */
export function placeOrder(
  ports: Pick<
    AppPorts,
    'orders' | 'intake' | 'payments' | 'numbering' | 'catalogue' | 'environment' | 'counted'
  >,
) {
  return async (command: PlaceOrder): Promise<Order> => {
    const draft = draftOf(command, ports);
    // Who can't tell which numbers are in use, because pay is away, could not have anything paid either.
    if (!(await ports.numbering.secure())) throw new Problem('payment-unavailable', {}, 1);
    const { order, isNew } = await ports.intake.begin(draft);
    if (order.item !== draft.item || order.qty !== draft.qty) throw new Problem('idempotency-key-reused');
    if (!isPending(order)) return order;
    const outcome = certain(await ports.payments.charge(order), isNew);
    ports.counted?.(counts[outcome.kind]);
    switch (outcome.kind) {
      case 'paid':
        return changeOrder(ports, order, 'form');
      case 'declined':
        await changeOrder(ports, order, 'failPayment');
        throw new Problem('payment-declined', { declineCode: outcome.declineCode });
      case 'notCharged':
        await changeOrder(ports, order, 'failPayment');
        throw new Problem('payment-unavailable', {}, outcome.retryAfterSeconds);
      case 'refused':
        if (outcome.inUse) ports.numbering.doubt();
        await changeOrder(ports, order, 'failPayment');
        // Nothing was charged, and the next try gets another number.
        throw new Problem('payment-unavailable', {}, 1);
      case 'unknown':
        return stillPossible((await askAgain(ports, order.id, ASK_AFTER_MS)) ?? order);
    }
  };
}

const counts = {
  paid: 'ordered',
  declined: 'declined',
  notCharged: 'unavailable',
  refused: 'refused',
  unknown: 'pending',
} as const;

/** That this call took nothing says nothing of an earlier one for the same order, which got no answer. */
const certain = (outcome: ChargeOutcome, isFirstCall: boolean): ChargeOutcome =>
  outcome.kind === 'notCharged' && !isFirstCall ? { kind: 'unknown' } : outcome;

/** An order can be decided while its own call is still waited for: one that failed meanwhile is no order to answer with. */
function stillPossible(order: Order): Order {
  if (statusOf(order) === 'PaymentFailed') throw new Problem('payment-unavailable', {}, 1);
  return order;
}

function draftOf(
  command: PlaceOrder,
  { catalogue, environment }: Pick<AppPorts, 'catalogue' | 'environment'>,
): OrderDraft {
  const item = catalogue.find(command.item);
  if (!item) throw new Problem('item-unknown', { item: command.item });
  const now = environment.now();
  return {
    item: item.id,
    qty: command.qty,
    price: item.price * command.qty,
    customerId: command.customerId,
    status: 'Pending',
    store: null,
    point: null,
    placedAt: now,
    settleAt: now + CRASHED_AFTER_MS,
    cause: causeAtHand(),
    reference: environment.newId(),
    requestKey: command.requestKey ?? null,
  };
}
