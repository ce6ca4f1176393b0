import { createServer } from 'node:http2';
import { createEndpointHandler, handlers, type ObjectContext, object } from '@restatedev/restate-sdk';
import { callPsp } from '../floor/psp.ts';

interface Wanted {
  readonly item: string;
  readonly qty: number;
}

const UNIT_PRICE = 899_000;

const psp = callPsp(process.env.PSP_URL as string);

/**
 * The whole life of an order as five durable steps, each on the disk in Restate's journal before the next begins. None but the
 * charge writes anything elsewhere, and the view is Restate's own state: less than phone82 has to write.
 */
async function place(context: ObjectContext, { item, qty }: Wanted) {
  const order = await context.run('order', () => {
    return { id: Number(context.key), item, qty, price: UNIT_PRICE * qty, status: 'Pending' };
  });
  const { paymentKey } = await context.run('charge', () =>
    psp.charge({ orderId: order.id, price: order.price }),
  );
  await context.run('form', () => ({ eventType: 'Ordered', ...order, status: 'Ordered', paymentKey }));
  const { process } = await context.run('ship', () => ({ eventType: 'Shipped', process: 'Shipped' }));
  const { point } = await context.run('grant', () => ({ eventType: 'PromoCompleted', point: 300_000 }));
  const view = { ...order, status: process, point };
  context.set('view', view);
  return view;
}

/** One of these per order; its key is the order's number. */
const orders = object({
  name: 'orders',
  handlers: { place, view: handlers.object.shared((context) => context.get('view')) },
});

createServer(createEndpointHandler({ services: [orders] })).listen(Number(process.env.PORT), '127.0.0.1');
