import { type Answer, type Remote, retryAfterSeconds } from '@phone82/resilience';
import { matchPayment, type PaymentRules, type PaymentSeen } from '../domain/match-payment.ts';
import type { Order } from '../domain/order.ts';
import type { ChargeOutcome, Payments } from '../usecases/ports.ts';
import { highestOrderIdOf } from './highest-order-id.ts';

/** What may take longer than a customer waits. */
export const payTimeoutsMs = { highestPayment: 10_000, listPaymentRecords: 20_000 };

/** pay over HTTP. It acts once per order id, so a call needs no key of its own. */
export function createPayClient(remote: Remote, rules: PaymentRules): Payments {
  return {
    charge: async (order) => {
      const body = {
        orderId: order.id,
        price: order.price,
        process: 'Ordered',
        customerId: order.customerId,
        ...(order.reference !== null && { reference: order.reference }),
      };
      const call = {
        operation: 'charge',
        method: 'POST',
        path: '/payments',
        batchPath: '/payments/batch',
        deadline: 'admits',
        onBehalfOf: order.customerId,
        body,
      } as const;
      return chargeOutcome(await remote.call(call), order, rules);
    },
    settle: async (order) => settleOutcome(await settle(remote, order, rules), order, rules),
    highestOrderId: () => highestOrderIdOf(remote),
  };
}

/** With these pay says that it took nothing and never will for this request; another try may succeed. */
const notNow: ReadonlySet<string> = new Set(['overloaded', 'deadline-passed', 'payment-unavailable']);

/** With these pay says that it will never take this payment: under its number it has another one, or a cancelled one. */
const refusals: ReadonlySet<string> = new Set([
  'payment-mismatch',
  'payment-voided',
  'payment-price-missing',
]);

function chargeOutcome(answer: Answer, order: Order, rules: PaymentRules): ChargeOutcome {
  if (answer.kind === 'notSent') return { kind: 'notCharged', retryAfterSeconds: retryAfterSeconds(answer) };
  if (answer.kind === 'unknown') return { kind: 'unknown' };
  const { process, code = '', declineCode } = (answer.body ?? {}) as Record<string, string | undefined>;
  // A yes to something else is no yes.
  if (answer.status === 201 && process === 'Payed' && whoseIs(answer, order, rules) === 'own')
    return { kind: 'paid' };
  if (refusals.has(code)) return { kind: 'refused', inUse: code === 'payment-mismatch' };
  if (code === 'payment-declined') return { kind: 'declined', declineCode: declineCode ?? 'DECLINED' };
  if (answer.status === 503 && notNow.has(code))
    return { kind: 'notCharged', retryAfterSeconds: retryAfterSeconds(answer) };
  return { kind: 'unknown' };
}

const whoseIs = ({ body }: Answer & { kind: 'answered' }, order: Order, rules: PaymentRules) =>
  matchPayment(order, (body ?? {}) as PaymentSeen, rules);

/**
 * Asks pay; a payment that pay never heard of is voided there, so that a late request finds it refused. Beside a pay with ids of its own
 * nothing is voided, for the id is that of another order's payment.
 */
async function settle(remote: Remote, order: Order, { withoutReferences }: PaymentRules): Promise<Answer> {
  const path = `/payments/${order.id}`;
  const onBehalfOf = order.customerId;
  const found = await remote.call({
    operation: 'findPayment',
    method: 'GET',
    path,
    onBehalfOf,
    isRetry: true,
  });
  if (found.kind !== 'answered' || found.status !== 404 || withoutReferences) return found;
  const body = { process: 'void' };
  return remote.call({ operation: 'voidPayment', method: 'PATCH', path, body, onBehalfOf, isRetry: true });
}

const notPaid: ReadonlySet<string> = new Set(['Declined', 'Voided', 'CancelPending', 'PayCancelled']);

function settleOutcome(
  answer: Answer,
  order: Order,
  rules: PaymentRules,
): 'paid' | 'notPaid' | 'inUse' | 'unknown' {
  if (answer.kind !== 'answered' || answer.status !== 200) return 'unknown';
  const { process = '' } = (answer.body ?? {}) as { process?: string };
  // A void has neither price nor reference, and means no payment whoever left it.
  if (process === 'Voided') return 'notPaid';
  const whose = whoseIs(answer, order, rules);
  if (whose === 'unknown') return 'unknown';
  if (whose === 'foreign') return 'inUse';
  if (process === 'Payed') return 'paid';
  return notPaid.has(process) ? 'notPaid' : 'unknown';
}
