import { DEMO_SUBJECT } from '@phone82/access';
import { PaymentResource, Problem, RequestPaymentRequest, VoidPaymentRequest } from '@phone82/contracts';
import {
  actsOnce,
  addBatchRoute,
  addReadRoutes,
  type HttpServer,
  idParams,
  pageQuery,
  problemResponses,
  record,
  recordResponse,
} from '@phone82/http';
import { type Payment, processOf } from '../domain/payment.ts';
import type { PayService } from '../service.ts';

/** What each word asks for. */
const actions = { cancel: 'cancelPayment', void: 'voidPayment', refunded: 'reportRefund' } as const;

const names = { rel: 'payment', collection: 'payments' };
const chargeAccess = { roles: [], services: ['app'] } as const;
const query = pageQuery(['id', 'orderId', 'price', 'process']);

const toResource = (payment: Payment): PaymentResource => ({
  id: payment.id,
  orderId: payment.id,
  price: payment.price,
  process: processOf(payment),
  reference: payment.reference,
  customerId: payment.customerId,
  ...(payment.isForeign && { foreign: true }),
  declineCode: payment.declineCode,
  refundRefusedCode: payment.refundRefusedCode,
  attempts: payment.attempts,
  nextTryAt: payment.dueAt === null ? null : new Date(payment.dueAt).toISOString(),
});

/** The routes of `/payments`. */
export const paymentRoutes = (service: PayService) => (server: HttpServer) => {
  addRequesting(server, service);
  addVoiding(server, service);
  addQueries(server, service);
};

function addRequesting(server: HttpServer, { commands }: PayService): void {
  const pay = async ({ orderId, price, customerId = 'demo', reference = null }: RequestPaymentRequest) => {
    const payment = await commands.requestPayment({
      orderId,
      price: price ?? undefined,
      customerId,
      reference,
    });
    if (payment.state === 'Declined')
      throw new Problem('payment-declined', { declineCode: payment.declineCode ?? '' });
    const status: 201 | 202 = payment.state === 'Payed' ? 201 : 202;
    return { status, body: toResource(payment) };
  };
  const requesting = {
    operationId: 'requestPayment',
    summary: 'Takes the money for an order, once',
    description:
      'For app. A payment without a price, as the Java app sends it, is refused unless `ACCEPT_PAYMENTS_WITHOUT_PRICE` is set; it then counts as paid, and nothing is charged.',
    tags: ['payments'],
    body: RequestPaymentRequest,
    response: {
      201: recordResponse(PaymentResource, 'Paid.'),
      202: recordResponse(PaymentResource, 'The outcome is being found out.'),
      ...problemResponses(
        'payment-declined',
        'payment-voided',
        'payment-mismatch',
        'payment-price-missing',
        'payment-unavailable',
      ),
    },
  };
  const config = { ...actsOnce, access: chargeAccess };
  server.post('/payments', { schema: requesting, config }, async (request, reply) => {
    const { status, body } = await pay(request.body);
    reply.code(status);
    return record(request, names, body);
  });
  addBatchRoute(server, {
    path: '/payments/batch',
    one: '/payments',
    access: chargeAccess,
    body: RequestPaymentRequest,
    handle: pay,
  });
}

function addVoiding(server: HttpServer, { commands }: PayService): void {
  const voiding = {
    operationId: 'voidPayment',
    summary: 'Gives up on a payment',
    tags: ['payments'],
    params: idParams,
    body: VoidPaymentRequest,
    response: {
      200: recordResponse(PaymentResource, 'The payment as it now stands.'),
      ...problemResponses('not-found', 'refund-not-reportable'),
    },
  };
  const config = { ...actsOnce, access: { roles: ['operator'], services: ['app'] } } as const;
  server.patch('/payments/:id', { schema: voiding, config }, async (request) => {
    const { params, body, principal } = request;
    const giveUp = commands[actions[body.process]];
    const customerId = principal.service === null ? DEMO_SUBJECT : principal.subject;
    return record(request, names, toResource(await giveUp({ orderId: params.id, customerId })));
  });
}

function addQueries(server: HttpServer, { queries }: PayService): void {
  addReadRoutes(server, {
    names,
    resource: PaymentResource,
    query,
    toResource,
    access: { roles: ['customer', 'operator'], owner: ['customer'], services: ['app'] },
    finding: {
      operationId: 'findPayment',
      summary: "An order's payment",
      answer: 'The payment.',
      run: queries.findPayment,
    },
    listing: {
      operationId: 'listPayments',
      summary: 'All payments',
      answer: 'A page of payments.',
      run: (request, _query, ownedBy) => queries.listPayments(request, ownedBy),
    },
  });
}
