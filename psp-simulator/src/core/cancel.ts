import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { type Call, type Outcome, refuse } from './call.ts';
import { Amount } from './order-fields.ts';
import { balanceOf } from './payment.ts';

const CancelRequest = Compile(
  Type.Object({
    cancelReason: Type.String({ minLength: 1, maxLength: 200 }),
    cancelAmount: Type.Optional(Amount),
    taxFreeAmount: Type.Optional(Type.Integer({ minimum: 0 })),
    refundReceiveAccount: Type.Optional(Type.Object({})),
  }),
);

/** Gives money back: all that is left, or `cancelAmount`. Never more than was taken. */
export function cancel({ ledger, now, newId, subject, body, told }: Call): Outcome {
  if (!CancelRequest.Check(body)) return refuse('INVALID_REQUEST');
  const payment = ledger.payment(subject);
  if (!payment) return refuse('NOT_FOUND_PAYMENT');
  if (!payment.approval) return refuse('NOT_CANCELABLE_PAYMENT');
  const balance = balanceOf(payment);
  if (balance === 0) return refuse('ALREADY_CANCELED_PAYMENT');
  const amount = body.cancelAmount ?? balance;
  if (amount > balance) return refuse('NOT_CANCELABLE_AMOUNT');
  if (told) return refuse(told);
  const entry = { transactionKey: newId(), amount, reason: body.cancelReason, at: now };
  ledger.addCancel(subject, entry);
  return { kind: 'payment', payment: { ...payment, cancels: [...payment.cancels, entry] }, changed: true };
}
