import type { Remote } from '@phone82/resilience';

const SHOWN = 100;
/** A payment with such a number was not made for an order: numbering above it would use up the numbers that JSON can carry. */
const HIGHEST_BELIEVED = 10 ** 12;

interface PaymentPage {
  readonly _embedded?: { readonly payments?: readonly { readonly orderId?: unknown }[] };
}

/** The highest order id of pay's payments, by the list that every pay has; 0 if it has none, undefined if it can't be asked. */
export async function highestOrderIdOf(remote: Remote): Promise<number | undefined> {
  const path = `/payments?sort=orderId,desc&size=${SHOWN}`;
  const answer = await remote.call({ operation: 'highestPayment', method: 'GET', path });
  if (answer.kind !== 'answered' || answer.status !== 200) return undefined;
  const { _embedded } = (answer.body ?? {}) as PaymentPage;
  if (!Array.isArray(_embedded?.payments)) return undefined;
  return Math.max(0, ..._embedded.payments.map(({ orderId }) => orderId).filter(isBelievable));
}

/** Whether a number may have been given to an order. */
export const isBelievable = (id: unknown): id is number =>
  Number.isSafeInteger(id) && (id as number) <= HIGHEST_BELIEVED;
