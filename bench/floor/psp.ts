import { caller } from './http.ts';

interface Psp {
  charge(order: { readonly orderId: number; readonly price: number }): Promise<{ paymentKey: string }>;
  refund(order: { readonly orderId: number; readonly paymentKey: string }): Promise<void>;
}

const AUTHORIZATION = `Basic ${Buffer.from('test_sk_phone82:').toString('base64')}`;

/** The calls of the PSP's simulator that phone82 makes, with the same headers. */
export function callPsp(url: string): Psp {
  const call = caller(url);
  const once = (key: string) => ({ authorization: AUTHORIZATION, 'idempotency-key': key });
  return {
    charge: ({ orderId, price }) => {
      const pspOrderId = `floor-${orderId}`;
      const charge = { customerKey: 'floor', amount: price, orderId: pspOrderId, orderName: pspOrderId };
      return call('/v1/billing/floor', charge, once(`${pspOrderId}:charge`));
    },
    refund: ({ orderId, paymentKey }) =>
      call(
        `/v1/payments/${paymentKey}/cancel`,
        { cancelReason: 'order cancelled' },
        once(`floor-${orderId}:refund`),
      ),
  };
}
