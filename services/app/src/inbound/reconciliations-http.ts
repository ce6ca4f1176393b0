import { Problem, seoulDay } from '@phone82/contracts';
import { dayRange, type HttpServer, periodOf, problemResponses, unlimited } from '@phone82/http';
import Type from 'typebox';
import { orderDifferenceKinds } from '../domain/find-order-difference.ts';
import { statusOf } from '../domain/order.ts';
import type { AppService } from '../service.ts';
import {
  type OrderDifference,
  type OrderReconciliation,
  PaymentRecordsUnavailable,
} from '../usecases/reconciliation-ports.ts';

const Request = dayRange('OrderReconciliationRequest');
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const DifferenceResource = Type.Object(
  {
    kind: Type.Enum([...orderDifferenceKinds]),
    orderId: Type.Integer(),
    status: orNull(Type.String({ description: "The order's; null if app has none" })),
    price: orNull(Type.Integer({ description: "The order's" })),
    process: orNull(Type.String({ description: "The payment's; null if pay has none" })),
    charged: orNull(Type.Integer({ description: "The payment's price, in won" })),
  },
  { title: 'OrderReconciliationDifference' },
);
const Resource = Type.Object(
  {
    from: Type.String(),
    to: Type.String(),
    orders: Type.Integer({ description: 'Orders and payments that were compared' }),
    moving: Type.Integer({ description: 'Of these, how many are left for the next time' }),
    total: Type.Integer({ description: 'How many differ' }),
    differences: Type.Array(DifferenceResource, { description: 'The first thousand of them' }),
  },
  { title: 'OrderReconciliation' },
);

const PAY_PAUSE_S = 10;

/** `POST /reconciliations`, for operators: our orders against the payments of pay. */
export const reconciliationRoutes = (service: AppService, now: () => number) => (server: HttpServer) => {
  const reconciling = {
    operationId: 'reconcileOrders',
    summary: 'Compares orders with the payments of pay, and says where they differ',
    description: 'For operators. Nothing is changed. Without dates: yesterday and today.',
    tags: ['operation'],
    body: Request,
    response: {
      200: { description: 'What was found.', content: { 'application/json': { schema: Resource } } },
      ...problemResponses('request-invalid', 'payment-records-unavailable'),
    },
  };
  server.post(
    '/reconciliations',
    { schema: reconciling, config: { ...unlimited, access: { roles: ['operator'] } } },
    async (request) => {
      try {
        const period = periodOf(request.body, now());
        return toResource(await service.commands.reconcileOrders(period, server.draining));
      } catch (error) {
        if (error instanceof PaymentRecordsUnavailable)
          throw new Problem('payment-records-unavailable', {}, PAY_PAUSE_S);
        throw error;
      }
    },
  );
};

function toResource({ period, compared, moving, counts, differences }: OrderReconciliation) {
  return {
    from: seoulDay(period.from),
    to: seoulDay(period.to - 1),
    orders: compared,
    moving,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    differences: differences.map(differenceResource),
  };
}

const differenceResource = ({ kind, orderId, order, payment }: OrderDifference) => ({
  kind,
  orderId,
  status: order && statusOf(order),
  price: order?.price ?? null,
  process: payment?.process ?? null,
  charged: payment?.price ?? null,
});
