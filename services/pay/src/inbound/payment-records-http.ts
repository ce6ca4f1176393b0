import { type PaymentRecord, PaymentRecords, Problem } from '@phone82/contracts';
import { type HttpServer, problemResponses, unlimited } from '@phone82/http';
import Type, { type Static } from 'typebox';
import { changedAt, type Payment, processOf } from '../domain/payment.ts';
import type { PayService } from '../service.ts';
import type { RecordsWanted } from '../usecases/find-payments.ts';

const MOST_IDS = 500;
const Time = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    description: 'Milliseconds since 1970',
  }),
);
const Query = Type.Object(
  {
    ids: Type.Optional(
      Type.String({
        pattern: '^\\d{1,15}(,\\d{1,15})*$',
        maxLength: 8_000,
        description: `Order ids, ${MOST_IDS} at most; or else a period`,
      }),
    ),
    from: Time,
    to: Time,
    after: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: Number.MAX_SAFE_INTEGER,
        description: 'Begins behind this order id; 0 if absent',
      }),
    ),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, description: '300 if absent' })),
  },
  { additionalProperties: false },
);

/** `GET /reconciliations/payments`: what app compares its orders with. */
export const paymentRecordRoutes = (service: PayService) => (server: HttpServer) => {
  const listing = {
    operationId: 'listPaymentRecords',
    summary: 'Payments by order id, for a comparison with orders',
    description: 'For app. Those of some orders, or a page of those that something happened to in a period.',
    tags: ['operation'],
    querystring: Query,
    response: {
      200: { description: 'The payments.', content: { 'application/json': { schema: PaymentRecords } } },
      ...problemResponses('request-invalid'),
    },
  };
  const config = { ...unlimited, access: { roles: ['operator'], services: ['app'] } } as const;
  server.get('/reconciliations/payments', { schema: listing, config }, async (request) => {
    const payments = await service.queries.listPaymentRecords(wantedOf(request.query));
    return { payments: payments.map(toRecord).sort((a, b) => a.orderId - b.orderId) };
  });
};

function wantedOf({ ids, from, to, after = 0, size = 300 }: Static<typeof Query>): RecordsWanted {
  const orderIds = ids?.split(',').map(Number) ?? [];
  if (orderIds.length > MOST_IDS)
    throw new Problem('request-invalid', { reason: `more than ${MOST_IDS} ids` });
  if (orderIds.length > 0) return { orderIds };
  if (from === undefined || to === undefined)
    throw new Problem('request-invalid', { reason: 'neither ids nor from and to' });
  return { period: { from, to }, after, limit: size };
}

const toRecord = (payment: Payment): PaymentRecord => ({
  orderId: payment.id,
  price: payment.price,
  reference: payment.reference,
  process: processOf(payment),
  ...(payment.isForeign && { foreign: true }),
  changedAt: changedAt(payment),
});
