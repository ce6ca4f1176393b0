import { type Period, Problem, seoulDay } from '@phone82/contracts';
import { dayRange, type HttpServer, periodOf, problemResponses, unlimited } from '@phone82/http';
import Type from 'typebox';
import { differenceKinds } from '../domain/find-difference.ts';
import { processOf } from '../domain/payment.ts';
import type { PayService } from '../service.ts';
import { PspUnavailable } from '../usecases/psp-port.ts';
import type { Difference, ReconciliationReport } from '../usecases/reconciliation-ports.ts';

const Request = dayRange('ReconciliationRequest');
const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const DifferenceResource = Type.Object(
  {
    kind: Type.Enum([...differenceKinds]),
    orderId: orNull(Type.Integer()),
    pspOrderId: orNull(Type.String()),
    process: orNull(Type.String({ description: "Our payment's; null if there is none" })),
    price: orNull(Type.Integer()),
    charged: Type.Integer({ description: 'Won, by the books of the PSP, within the period' }),
    refunded: Type.Integer(),
  },
  { title: 'ReconciliationDifference' },
);
const Resource = Type.Object(
  {
    from: Type.String(),
    to: Type.String(),
    transactions: Type.Integer({ description: 'Movements of money in the books of the PSP' }),
    orders: Type.Integer({ description: 'Orders that were compared' }),
    moving: Type.Integer({ description: 'Of these, how many are left for the next time' }),
    total: Type.Integer({ description: 'How many differ' }),
    differences: Type.Array(DifferenceResource, { description: 'The first thousand of them' }),
  },
  { title: 'Reconciliation' },
);

const PSP_PAUSE_S = 10;

/** `POST /reconciliations`, for operators: our payments against the PSP's own books. */
export const reconciliationRoutes = (service: PayService, now: () => number) => (server: HttpServer) => {
  const reconciling = {
    operationId: 'reconcile',
    summary: "Compares payments with the PSP's own books, and says where they differ",
    description: 'For operators. Nothing is changed. Without dates: yesterday and today.',
    tags: ['operation'],
    body: Request,
    response: {
      200: { description: 'What was found.', content: { 'application/json': { schema: Resource } } },
      ...problemResponses('request-invalid', 'psp-unavailable'),
    },
  };
  server.post(
    '/reconciliations',
    { schema: reconciling, config: { ...unlimited, access: { roles: ['operator'] } } },
    async (request) =>
      toResource(await reconcileOrRefuse(service, periodOf(request.body, now()), server.draining)),
  );
};

async function reconcileOrRefuse(
  { commands }: PayService,
  period: Period,
  signal: AbortSignal,
): Promise<ReconciliationReport> {
  try {
    return await commands.reconcile(period, signal);
  } catch (error) {
    if (error instanceof PspUnavailable) throw new Problem('psp-unavailable', {}, PSP_PAUSE_S);
    throw error;
  }
}

function toResource({ period, transactions, orders, moving, counts, differences }: ReconciliationReport) {
  return {
    from: seoulDay(period.from),
    to: seoulDay(period.to - 1),
    transactions,
    orders,
    moving,
    total: Object.values(counts).reduce((sum, count) => sum + count, 0),
    differences: differences.map(differenceResource),
  };
}

const differenceResource = ({ kind, orderId, pspOrderId, payment, charged, refunded }: Difference) => ({
  kind,
  orderId,
  pspOrderId,
  process: payment && processOf(payment),
  price: payment?.price ?? null,
  charged,
  refunded,
});
