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
      return chargeOutcome(
        await remote.call({ operation: 'charge', method: 'POST', path: '/payments', body }),
      );
    },
    settle: async (order) => settleOutcome(await settle(remote, order)),
  };
}

function chargeOutcome(answer: Answer): ChargeOutcome {
  if (answer.kind === 'notSent')
    return { kind: 'notCharged', retryAfterSeconds: Math.ceil(answer.retryAfterMs / 1000) };
  if (answer.kind === 'unknown') return { kind: 'unknown' };
  const { process, code, declineCode } = (answer.body ?? {}) as Record<string, string | undefined>;
  if (answer.status === 201 && process === 'Payed') return { kind: 'paid' };
  if (code === 'payment-declined') return { kind: 'declined', declineCode: declineCode ?? 'DECLINED' };
  return { kind: 'unknown' };
}

/** Asks pay; a payment that pay never heard of is voided there, so that a late request finds it refused. */
async function settle(remote: Remote, order: Order): Promise<Answer> {
  const path = `/payments/${order.id}`;
  const found = await remote.call({ operation: 'findPayment', method: 'GET', path });
  if (found.kind !== 'answered' || found.status !== 404) return found;
  return remote.call({ operation: 'voidPayment', method: 'PATCH', path, body: { process: 'cancel' } });
}

const notPaid: ReadonlySet<string> = new Set(['Declined', 'Voided', 'CancelPending', 'PayCancelled']);

function settleOutcome(answer: Answer): 'paid' | 'notPaid' | 'unknown' {
  if (answer.kind !== 'answered' || answer.status !== 200) return 'unknown';
  const { process = '' } = answer.body as { process?: string };
  if (process === 'Payed') return 'paid';
  return notPaid.has(process) ? 'notPaid' : 'unknown';
}
