import type { Answer, Remote } from '@phone82/resilience';
import type { Order } from '../domain/order.ts';
import type { ChargeOutcome, Payments } from '../usecases/ports.ts';

/** pay over HTTP. It acts once per order id, so a call needs no key of its own. */
export function createPayClient(remote: Remote): Payments {
  return {
    charge: async (order) => {
      const body = {
        orderId: order.id,
        price: order.price,
        process: 'Ordered',
        customerId: order.customerId,
      };
      const call = {
        operation: 'charge',
        method: 'POST',
        path: '/payments',
        batchPath: '/payments/batch',
        deadline: 'admits',
        body,
      } as const;
      return chargeOutcome(await remote.call(call));
    },
    settle: async (order) => settleOutcome(await settle(remote, order)),
  };
}

/** Refusals of pay that are certain: it charged nothing, and will not for this order. */
const notCharged: ReadonlySet<string> = new Set(['payment-unavailable']);

/** With these pay says that it took nothing and never will for this request. */
const refusals: ReadonlySet<string> = new Set(['overloaded', 'deadline-passed', 'payment-unavailable']);

function chargeOutcome(answer: Answer): ChargeOutcome {
  if (answer.kind === 'notSent')
    return { kind: 'notCharged', retryAfterSeconds: Math.max(1, Math.ceil(answer.retryAfterMs / 1000)) };
  if (answer.kind === 'unknown') return { kind: 'unknown' };
  const { process, code, declineCode } = (answer.body ?? {}) as Record<string, string | undefined>;
  if (answer.status === 201 && process === 'Payed') return { kind: 'paid' };
  if (code !== undefined && notCharged.has(code))
    return { kind: 'notCharged', retryAfterSeconds: Number(answer.headers['retry-after']) || 1 };
  if (code === 'payment-declined') return { kind: 'declined', declineCode: declineCode ?? 'DECLINED' };
  if (answer.status === 503 && refusals.has(code ?? ''))
    return { kind: 'notCharged', retryAfterSeconds: pauseOf(answer.headers['retry-after']) };
  return { kind: 'unknown' };
}

const LONGEST_PAUSE_S = 60;

function pauseOf(retryAfter: unknown): number {
  const seconds = Number(retryAfter);
  return Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, LONGEST_PAUSE_S) : 1;
}

/** Asks pay; a payment that pay never heard of is voided there, so that a late request finds it refused. */
async function settle(remote: Remote, order: Order): Promise<Answer> {
  const path = `/payments/${order.id}`;
  const found = await remote.call({ operation: 'findPayment', method: 'GET', path, isRetry: true });
  if (found.kind !== 'answered' || found.status !== 404) return found;
  const body = { process: 'void' };
  return remote.call({ operation: 'voidPayment', method: 'PATCH', path, body, isRetry: true });
}

const notPaid: ReadonlySet<string> = new Set(['Declined', 'Voided', 'CancelPending', 'PayCancelled']);

function settleOutcome(answer: Answer): 'paid' | 'notPaid' | 'unknown' {
  if (answer.kind !== 'answered' || answer.status !== 200) return 'unknown';
  const { process = '' } = answer.body as { process?: string };
  if (process === 'Payed') return 'paid';
  return notPaid.has(process) ? 'notPaid' : 'unknown';
}
