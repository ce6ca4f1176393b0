import { CancelMileageRequest, CustomerId, MarketingResource, Problem } from '@phone82/contracts';
import {
  actsOnce,
  addReadRoutes,
  critical,
  type HttpServer,
  pageQuery,
  problemResponses,
  record,
  recordResponse,
} from '@phone82/http';
import Type from 'typebox';
import { type Mileage, pointOf } from '../domain/mileage.ts';
import type { MarketingService } from '../service.ts';

const names = { rel: 'marketing', collection: 'marketings' };
const customer = Type.Optional(CustomerId);
const query = pageQuery(['id', 'orderId', 'process'], { customer });

const toResource = (mileage: Mileage): MarketingResource => ({
  id: mileage.id,
  orderId: mileage.id,
  point: pointOf(mileage),
  process: mileage.process,
  customerId: mileage.customerId,
  entries: mileage.entries.map(({ amount, reason, at }) => ({
    amount,
    reason,
    at: new Date(at).toISOString(),
  })),
});

/** The routes of `/marketings`. */
export const mileageRoutes = (service: MarketingService) => (server: HttpServer) => {
  addCommands(server, service);
  addQueries(server, service);
};

function addCommands(server: HttpServer, { commands }: MarketingService): void {
  const cancelling = {
    operationId: 'cancelMileage',
    summary: "Takes an order's mileage back, before its money is returned",
    description:
      'For pay, ours or the Java one. A point above 0 is refused: mileage is granted by PayCompleted alone.',
    tags: ['marketings'],
    body: CancelMileageRequest,
    response: {
      201: recordResponse(MarketingResource, 'The mileage is cancelled, now or before.'),
      ...problemResponses('mileage-not-grantable'),
    },
  };
  const config = { ...actsOnce, ...critical, access: { roles: [], services: ['pay'] } };
  server.post('/marketings', { schema: cancelling, config }, async (request, reply) => {
    const { orderId, point, process } = request.body;
    if ((point ?? 0) > 0) throw new Problem('mileage-not-grantable');
    const mileage = await commands.cancelMileage({
      orderId,
      customerId: request.principal.subject,
      reason: process ?? 'PayCancelled',
    });
    reply.code(201);
    return record(request, names, toResource(mileage));
  });
}

function addQueries(server: HttpServer, { queries }: MarketingService): void {
  addReadRoutes<Mileage, { customer?: string }>(server, {
    names,
    resource: MarketingResource,
    query,
    toResource,
    access: { roles: ['customer', 'marketing', 'operator'], owner: ['customer'] },
    finding: {
      operationId: 'findMileage',
      summary: "An order's mileage and its ledger",
      answer: 'The mileage.',
      run: queries.findMileage,
    },
    listing: {
      operationId: 'listMileage',
      summary: 'The mileage of all orders, or of one customer',
      answer: 'A page of mileage.',
      run: (request, { customer }, ownedBy) => queries.listMileage(request, customer, ownedBy),
    },
  });
}
