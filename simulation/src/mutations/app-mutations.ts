import type { Mutation } from './mutation.ts';

const client = 'services/app/src/outbound/pay-client.ts';
const transitions = 'services/app/src/domain/order-transitions.ts';

export const appMutations: readonly Mutation[] = [
  {
    name: 'a lost answer of pay counts as paid',
    file: client,
    find: "if (answer.kind === 'unknown') return { kind: 'unknown' };",
    replace: "if (answer.kind === 'unknown') return { kind: 'paid' };",
  },
  {
    name: 'a lost answer of pay counts as declined',
    file: client,
    find: "if (answer.kind === 'unknown') return { kind: 'unknown' };",
    replace: "if (answer.kind === 'unknown') return { kind: 'declined', declineCode: 'LOST' };",
  },
  {
    name: 'a call that was not sent counts as paid',
    file: client,
    find: "if (answer.kind === 'notSent') return { kind: 'notCharged', retryAfterSeconds: retryAfterSeconds(answer) };",
    replace: "if (answer.kind === 'notSent') return { kind: 'paid' };",
  },
  {
    name: 'the resolver takes an undecided payment for a failed one',
    file: client,
    find: "return notPaid.has(process) ? 'notPaid' : 'unknown';",
    replace: "return 'notPaid';",
  },
  {
    name: 'the resolver takes silence of pay for a no',
    file: client,
    find: "if (answer.kind !== 'answered' || answer.status !== 200) return 'unknown';",
    replace: "if (answer.kind !== 'answered' || answer.status !== 200) return 'notPaid';",
  },
  {
    name: 'a mismatch treated as unknown',
    file: client,
    find: "if (whose === 'foreign') return 'inUse';",
    replace: "if (whose === 'foreign') return 'unknown';",
  },
  {
    name: 'the resolver takes the payment of another order for its own',
    file: client,
    find: "if (whose === 'foreign') return 'inUse';",
    replace: '',
  },
  {
    name: 'a payment counts whatever its reference',
    file: 'services/app/src/domain/match-payment.ts',
    find: "return isSame && (seen.reference ?? null) === order.reference ? 'own' : 'foreign';",
    replace: "return isSame ? 'own' : 'foreign';",
  },
  {
    name: 'the resolver voids nothing where pay knows no payment',
    file: client,
    find: "return remote.call({ operation: 'voidPayment', method: 'PATCH', path, body, onBehalfOf, isRetry: true });",
    replace: "return { ...found, status: 200, body: { ...body, process: 'Voided' } };",
  },
  {
    name: 'a pending order is not asked about again',
    file: 'services/app/src/usecases/ask-again.ts',
    find: 'settleAt: environment.now() + afterMs',
    replace: 'settleAt: null',
  },
  {
    name: 'a request under the same key orders again',
    file: 'services/app/src/inbound/http.ts',
    find: 'customerId: principal.subject, requestKey });',
    replace: 'customerId: principal.subject, requestKey: requestKey && undefined });',
  },
  {
    name: 'the quantity is not paid for',
    file: 'services/app/src/usecases/place-order.ts',
    find: 'price: item.price * command.qty',
    replace: 'price: item.price',
  },
  {
    name: 'a cancel is refused after shipping',
    file: transitions,
    find: "Shipped: { ...formed, notePayment: 'stay', noteShipped: 'stay' },",
    replace:
      "Shipped: { ...formed, notePayment: 'stay', noteShipped: 'stay', cancel: { refuse: 'order-not-formed' } },",
  },
  {
    name: 'a cancel is told to nobody',
    file: transitions,
    find: "cancel: { to: 'OrderCancelled', emits: ['OrderCancelled'] },",
    replace: "cancel: { to: 'OrderCancelled' },",
  },
  {
    name: 'an order forms without telling',
    file: transitions,
    find: "form: { to: 'Ordered', emits: ['Ordered'] },",
    replace: "form: { to: 'Ordered' },",
  },
  {
    name: 'points come back after they were cancelled',
    file: 'services/app/src/domain/decide-order.ts',
    find: 'return order.point === null ? { ...order, point: news.granted } : undefined;',
    replace: 'return { ...order, point: news.granted };',
  },
  {
    name: 'app does not hear of the refund',
    file: 'services/app/src/usecases/follow-order.ts',
    find: "await applyToOrder(transaction, order.id, 'notePaymentCancelled');",
    replace: "await applyToOrder(transaction, order.id, 'notePayment');",
  },
];
