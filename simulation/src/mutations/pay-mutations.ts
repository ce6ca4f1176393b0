import type { Mutation } from './mutation.ts';

const transitions = 'services/pay/src/domain/payment-transitions.ts';
const refund = 'services/pay/src/usecases/refund-payment.ts';
const toss = 'services/pay/src/outbound/toss/toss-psp.ts';

export const payMutations: readonly Mutation[] = [
  {
    name: 'the money goes back before the mileage is cancelled',
    file: refund,
    find: '  const mileage = await ports.mileage.cancel(\n',
    replace: `  if (movesMoney(payment))
    await ports.psp.refund({ orderId: payment.id, amount: payment.price, paymentKey: payment.paymentKey, round: payment.refundRound });
  const mileage = await ports.mileage.cancel(
`,
  },
  {
    name: 'the refund does not wait for the mileage',
    file: refund,
    find: "  if (mileage.kind === 'retry') return mileage;\n",
    replace: '',
  },
  {
    name: 'a refund without an answer counts as done',
    file: refund,
    find: "    case 'retry':\n      return refund;",
    replace: "    case 'retry':\n      return finish(ports, payment, 0);",
  },
  {
    name: 'a cancel that comes before the payment leaves no tombstone',
    file: 'services/pay/src/usecases/cancel-payment.ts',
    find: '  transaction.put(tombstone);\n',
    replace: '',
  },
  {
    name: 'every try of a charge has a new key',
    file: toss,
    find: ':charge`);',
    replace: ':charge:$' + '{Math.random()}`);',
  },
  {
    name: 'the PSP hears of a charge before it is written down',
    file: 'services/pay/src/usecases/request-payment.ts',
    find: '    const { payment, isNew } = await writeDown(ports, request);',
    replace: `    await ports.psp.charge({ orderId: request.orderId, amount: request.price });
    const { payment, isNew } = await writeDown(ports, request);`,
  },
  {
    name: 'a charge without an answer counts as declined',
    file: 'services/pay/src/usecases/record-charge.ts',
    find: "return changePayment(ports, id, 'loseOutcome', {}, known);",
    replace: "return changePayment(ports, id, 'declined', { declineCode: 'LOST' });",
  },
  {
    name: 'a charge without an answer counts as taken',
    file: 'services/pay/src/usecases/record-charge.ts',
    find: "return changePayment(ports, id, 'loseOutcome', {}, known);",
    replace: "return changePayment(ports, id, 'charged', { paymentKey: 'none', chargedAt: 0 });",
  },
  {
    name: 'a payment that was given up is not watched',
    file: 'services/pay/src/domain/decide-payment.ts',
    find: "if (command === 'giveUp') return now + WATCHED_EVERY_MS;",
    replace: "if (command === 'giveUp') return null;",
  },
  {
    name: 'a charge that turns out taken after its void is kept',
    file: transitions,
    find: "charged: { to: 'CancelPending' },\n      declined: { to: 'Voided' },",
    replace: "charged: { to: 'Voided' },\n      declined: { to: 'CancelPending' },",
  },
  {
    name: 'a deferred cancel is never tried again',
    file: transitions,
    find: "  'VoidRequested',\n  'CancelPending',\n  'CancelUnmatched',\n",
    replace: "  'VoidRequested',\n  'CancelUnmatched',\n",
  },
  {
    name: 'a refund is told to nobody',
    file: transitions,
    find: "refunded: { to: 'PayCancelled', emits: ['PayCancelled'] },",
    replace: "refunded: { to: 'PayCancelled' },",
  },
  {
    name: 'a payment that is found out is told to nobody',
    file: transitions,
    find: "    Unknown: {\n      charged: { to: 'Payed', emits: ['PayCompleted'] },",
    replace: "    Unknown: {\n      charged: { to: 'Payed' },",
  },
  {
    name: 'an unlisted error of the PSP is a no',
    file: 'services/pay/src/outbound/toss/error-codes.ts',
    find: "classes.get(code) ?? 'unknown';",
    replace: "classes.get(code) ?? 'no';",
  },
  {
    name: 'an error inside the PSP is a no',
    file: toss,
    find: "if (reply.meaning === 'no') return { kind: 'declined', code: reply.code };",
    replace:
      "if (reply.meaning === 'no' || reply.meaning === 'unknown') return { kind: 'declined', code: reply.code };",
  },
  {
    name: 'a charge that was lost is not looked for again',
    file: 'services/pay/src/usecases/settle-due-payments.ts',
    find: 'transaction.put({ ...payment, dueAt: environment.now() + pause });',
    replace: 'transaction.put({ ...payment, dueAt: null });',
  },
  {
    name: 'a process that dies in a try takes the payment with it',
    file: 'services/pay/src/usecases/settle-due-payments.ts',
    find: 'dueAt: environment.now() + TRY_TAKES_AT_MOST_MS,',
    replace: 'dueAt: null,',
  },
  {
    name: 'a failing answer of marketing counts as done',
    file: 'services/pay/src/outbound/marketing-client.ts',
    find: "if (answer.kind === 'answered' && answer.status < 300) return { kind: 'done' };",
    replace: "if (answer.kind === 'answered') return { kind: 'done' };",
  },
  {
    name: 'a late answer of marketing counts as done',
    file: 'services/pay/src/outbound/marketing-client.ts',
    find: "if (answer.kind === 'answered' && answer.status < 300) return { kind: 'done' };",
    replace: "if (answer.kind !== 'notSent') return { kind: 'done' };",
  },
];
