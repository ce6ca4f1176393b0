/** An order's number as the PSP knows it, and back. */
export interface OrderNumbers {
  of(orderId: number): string;
  /** `foreign`: another system of the same merchant; null: it begins like ours, and is none. */
  orderIdOf(pspOrderId: string): number | null | 'foreign';
}

/**
 * The prefix makes numbers long enough for the PSP (6 to 64 of `[A-Za-z0-9-_]`) and keeps systems that share a merchant,
 * or an earlier life of this one, apart.
 */
export function orderNumbers(prefix: string): OrderNumbers {
  return {
    of: (orderId) => `${prefix}${orderId}`,
    orderIdOf: (pspOrderId) => {
      if (!pspOrderId.startsWith(prefix)) return 'foreign';
      const digits = pspOrderId.slice(prefix.length);
      const orderId = Number(digits);
      return /^[1-9]\d*$/.test(digits) && Number.isSafeInteger(orderId) ? orderId : null;
    },
  };
}
