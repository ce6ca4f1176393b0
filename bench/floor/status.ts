/** How far an order is: on the floor a number, so that the later of two is the greater; 0 is pending. */
export const ORDERED = 1;
const PAYED = 2;
export const SHIPPED = 3;
export const ORDER_CANCELLED = 4;
export const PAY_CANCELLED = 5;

export const statusOf: Readonly<Record<string, number>> = {
  Ordered: ORDERED,
  PayCompleted: PAYED,
  Shipped: SHIPPED,
  OrderCancelled: ORDER_CANCELLED,
  PayCancelled: PAY_CANCELLED,
};

/** Mileage runs from none to granted to 0: the least that was told counts. */
export const pointOf: Readonly<Record<string, number>> = { PromoCompleted: 300_000, PromoCancelled: 0 };
