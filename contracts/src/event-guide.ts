import type { EventBody } from './cloud-event.ts';
import type { EventOf, EventType } from './events/index.ts';

type ExampleOf<T extends EventType> = Extract<EventBody, { eventType: T }> & EventOf<T>;

/** What a reader wants to know about an event besides its fields. */
interface Guide<T extends EventType> {
  readonly ko: string;
  /** The services that act on it. */
  readonly to: readonly string[];
  readonly example: ExampleOf<T>;
}

const customerId = 'demo';
const order = {
  id: 1,
  item: 'LG10',
  qty: 1,
  status: 'Ordered',
  store: null,
  price: 500_000,
  point: null,
  customerId,
};
const reference = '01980c6e-4b7d-7a53-9c1e-8f0d2b6a4e11';
const payment = { id: 1, orderId: 1, price: 500_000, process: 'Payed', reference, customerId };
const mileage = { id: 1, orderId: 1, point: 300_000, process: 'PayCompleted', customerId };

/** Every event in Korean, with who listens to it and an example. */
export const eventGuide: { readonly [T in EventType]: Guide<T> } = {
  Ordered: {
    ko: '결제까지 끝나 주문이 성립했습니다.',
    to: ['store', 'customer'],
    example: { eventType: 'Ordered', ...order },
  },
  OrderCancelled: {
    ko: '고객이 주문을 취소했습니다. 배송 전후를 가리지 않습니다.',
    to: ['pay', 'store', 'customer'],
    example: { eventType: 'OrderCancelled', ...order, status: 'OrderCancelled', reference },
  },
  PayCompleted: {
    ko: '주문 대금을 받았습니다.',
    to: ['app', 'store', 'marketing', 'customer'],
    example: { eventType: 'PayCompleted', ...payment },
  },
  PayCancelled: {
    ko: '마일리지를 회수하고 주문 대금을 돌려주었습니다.',
    to: ['app', 'store', 'marketing', 'customer'],
    example: { eventType: 'PayCancelled', ...payment, process: 'PayCancelled' },
  },
  Shipped: {
    ko: '대리점이 상품을 보냈습니다.',
    to: ['app', 'store', 'customer'],
    example: {
      eventType: 'Shipped',
      id: 1,
      orderId: 1,
      address: null,
      item: 'LG10',
      process: 'Shipped',
      customerId,
    },
  },
  PromoCompleted: {
    ko: '결제된 주문에 마일리지를 적립했습니다.',
    to: ['app', 'marketing', 'customer'],
    example: { eventType: 'PromoCompleted', ...mileage },
  },
  PromoCancelled: {
    ko: '주문의 마일리지를 회수했습니다. 포인트는 0입니다.',
    to: ['app', 'marketing', 'customer'],
    example: { eventType: 'PromoCancelled', ...mileage, point: 0, process: 'PayCancelled' },
  },
};
