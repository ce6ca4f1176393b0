import type { Remote } from '@phone82/resilience';
import type { Environment } from '@phone82/runtime';
import type {
  ChargeFound,
  Psp,
  PspCharge,
  PspLookUp,
  PspRefund,
  RefundRequest,
} from '../../usecases/psp-port.ts';
import { type OrderNumbers, orderNumbers } from './order-number.ts';
import { createTossCalls, type TossCalls, type TossReply } from './toss-calls.ts';
import { readPayment } from './toss-payment.ts';
import { tossTransactions } from './toss-transactions.ts';

export interface TossOptions {
  readonly remote: Remote;
  readonly secretKey: string;
  /** The stored card, and whose it is. */
  readonly billingKey: string;
  readonly customerKey: string;
  readonly orderPrefix: string;
  readonly environment: Environment;
  onMisconfigured(code: string): void;
}

type Order = { readonly orderId: number; readonly amount: number };

interface Toss {
  readonly calls: TossCalls;
  readonly numbers: OrderNumbers;
  readonly billingKey: string;
  readonly customerKey: string;
}

/** Toss Payments, by its API of 2022-11-16. Errors are read by their code, never by the HTTP status. */
export function createTossPsp(options: TossOptions): Psp {
  const { billingKey, customerKey, orderPrefix, environment } = options;
  const calls = createTossCalls(options);
  const numbers = orderNumbers(orderPrefix);
  const toss: Toss = { calls, numbers, billingKey, customerKey };
  return {
    charge: (order) => charge(toss, order),
    lookUp: (order) => lookUp(toss, order),
    refund: (order) => refund(toss, order),
    transactions: tossTransactions({ calls, orderNumbers: numbers, environment }),
  };
}

async function charge(toss: Toss, order: Order): Promise<PspCharge> {
  const { calls, numbers, billingKey, customerKey } = toss;
  const pspOrderId = numbers.of(order.orderId);
  const body = {
    customerKey,
    amount: order.amount,
    orderId: pspOrderId,
    orderName: `phone82 ${order.orderId}`,
  };
  const path = `/v1/billing/${encodeURIComponent(billingKey)}`;
  const request = { operation: 'charge', method: 'POST', path, body, deadline: 'admits' } as const;
  const reply = await calls.send(request, `${pspOrderId}:charge`);
  if (reply.kind === 'noAnswer') return { kind: 'lost', code: null };
  if (reply.kind === 'notSent') return { ...reply, kind: 'notTaken' };
  if (reply.kind === 'ok') return definite(readPayment(reply.body, { pspOrderId, amount: order.amount }));
  if (reply.meaning === 'no') return { kind: 'declined', code: reply.code };
  if (reply.meaning === 'done') return definite(await lookUp(toss, order));
  return { kind: 'lost', code: reply.meaning === 'later' ? null : reply.code };
}

const definite = (found: PspLookUp): ChargeFound | { kind: 'lost'; code: null } =>
  found.kind === 'charged' || found.kind === 'declined' ? found : { kind: 'lost', code: null };

async function lookUp({ calls, numbers }: Toss, { orderId, amount }: Order): Promise<PspLookUp> {
  const pspOrderId = numbers.of(orderId);
  const path = `/v1/payments/orders/${pspOrderId}`;
  // A look-up follows a call that failed: it counts against the retry budget, and is free when it succeeds.
  const reply = await calls.send({ operation: 'lookUp', method: 'GET', path, isRetry: true });
  if (reply.kind === 'ok') return readPayment(reply.body, { pspOrderId, amount });
  if (reply.kind === 'error' && reply.meaning === 'absent') return { kind: 'absent' };
  return { kind: 'unanswered', retryAfterMs: pauseOf(reply) };
}

/**
 * Cancels by the payment's key, without an amount: what is left, all of it, so that even two cancels return the money once.
 * The PSP repeats a refusal for as long as it remembers a key; a try after a refusal is therefore a new round with a key
 * of its own, made only when a look-up shows that the money is still there.
 */
async function refund(toss: Toss, order: RefundRequest): Promise<PspRefund> {
  const { orderId, amount, round } = order;
  let { paymentKey } = order;
  if (paymentKey === null || round > 0) {
    const found = await lookUp(toss, { orderId, amount });
    if (found.kind !== 'charged') return withoutCharge(found);
    paymentKey = found.paymentKey;
  }
  const key = `${toss.numbers.of(orderId)}:refund${round > 0 ? `:${round}` : ''}`;
  const path = `/v1/payments/${encodeURIComponent(paymentKey)}/cancel`;
  const body = { cancelReason: 'order cancelled' };
  const reply = await toss.calls.send({ operation: 'refund', method: 'POST', path, body }, key);
  return refundOutcome(toss, order, reply);
}

async function refundOutcome(
  toss: Toss,
  { orderId, amount }: RefundRequest,
  reply: TossReply,
): Promise<PspRefund> {
  if (
    reply.kind === 'noAnswer' ||
    reply.kind === 'notSent' ||
    (reply.kind === 'error' && reply.meaning === 'later')
  )
    return { kind: 'retry', afterMs: pauseOf(reply) };
  const pspOrderId = toss.numbers.of(orderId);
  const found =
    reply.kind === 'ok'
      ? readPayment(reply.body, { pspOrderId, amount })
      : await lookUp(toss, { orderId, amount });
  if (found.kind === 'cancelled') return { kind: 'refunded', refundedAt: found.refundedAt };
  if (reply.kind === 'ok' || found.kind === 'unanswered') return { kind: 'retry', afterMs: 0 };
  return { kind: reply.meaning === 'unknown' ? 'failed' : 'refused', code: reply.code };
}

function withoutCharge(found: Exclude<PspLookUp, { kind: 'charged' }>): PspRefund {
  switch (found.kind) {
    case 'cancelled':
      return { kind: 'refunded', refundedAt: found.refundedAt };
    case 'unanswered':
      return { kind: 'retry', afterMs: found.retryAfterMs };
    case 'absent':
      return { kind: 'refused', code: 'NOT_FOUND_PAYMENT' };
    case 'declined':
      return { kind: 'refused', code: found.code };
  }
}

const pauseOf = (reply: TossReply): number => ('retryAfterMs' in reply ? reply.retryAfterMs : 0);
