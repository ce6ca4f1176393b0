import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { PspLookUp } from '../../usecases/psp-port.ts';
import { clip } from './error-codes.ts';

/** What we read of the PSP's Payment object. */
const TossPayment = Type.Object({
  paymentKey: Type.String({ minLength: 1, maxLength: 200 }),
  orderId: Type.String(),
  status: Type.String(),
  totalAmount: Type.Integer(),
  approvedAt: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  failure: Type.Optional(Type.Union([Type.Object({ code: Type.String() }), Type.Null()])),
  cancels: Type.Optional(Type.Union([Type.Array(Type.Object({ canceledAt: Type.String() })), Type.Null()])),
});
type TossPayment = Static<typeof TossPayment>;
const validator = Compile(TossPayment);

/** A charge that the PSP has not decided yet, or that is not what we asked for. */
const UNDECIDED: PspLookUp = { kind: 'unanswered', retryAfterMs: 0 };

/** What a Payment object says of an order's money; one of another order or amount says nothing. */
export function readPayment(body: unknown, expected: { pspOrderId: string; amount: number }): PspLookUp {
  if (!validator.Check(body)) return UNDECIDED;
  if (body.orderId !== expected.pspOrderId || body.totalAmount !== expected.amount) return UNDECIDED;
  return outcomeOf(body);
}

function outcomeOf({ status, paymentKey, approvedAt, failure, cancels }: TossPayment): PspLookUp {
  const chargedAt = Date.parse(approvedAt ?? '');
  switch (status) {
    case 'DONE':
    case 'PARTIAL_CANCELED':
      return Number.isNaN(chargedAt) ? UNDECIDED : { kind: 'charged', paymentKey, chargedAt };
    case 'CANCELED': {
      const refundedAt = Date.parse(cancels?.at(-1)?.canceledAt ?? '');
      return Number.isNaN(refundedAt) ? UNDECIDED : { kind: 'cancelled', refundedAt };
    }
    case 'ABORTED':
    case 'EXPIRED':
      return { kind: 'declined', code: clip(failure?.code ?? status) };
    default:
      return UNDECIDED;
  }
}
