import { ShipRequest, StoreManageResource } from '@phone82/contracts';
import {
  actsOnce,
  addReadRoutes,
  type HttpServer,
  idParams,
  pageQuery,
  problemResponses,
  record,
  recordResponse,
} from '@phone82/http';
import { type Delivery, processOf } from '../domain/delivery.ts';
import type { StoreService } from '../service.ts';

const names = { rel: 'storeManage', collection: 'storeManages' };
const query = pageQuery(['id', 'orderId', 'item', 'process']);

const toResource = (delivery: Delivery): StoreManageResource => ({
  id: delivery.id,
  orderId: delivery.id,
  item: delivery.item,
  qty: delivery.qty,
  address: delivery.address,
  process: processOf(delivery),
  carrier: delivery.carrier,
  trackingNumber: delivery.trackingNumber,
  customerId: delivery.customerId,
});

/** The routes of `/storeManages`. */
export const deliveryRoutes = (service: StoreService) => (server: HttpServer) => {
  const shipping = {
    operationId: 'shipDelivery',
    summary: 'The agency says that the parcel left',
    tags: ['storeManages'],
    params: idParams,
    body: ShipRequest,
    response: {
      200: recordResponse(StoreManageResource, 'Shipped, now or before.'),
      ...problemResponses('not-found', 'delivery-not-shippable'),
    },
  };
  const config = { ...actsOnce, access: { roles: ['agency'], owner: ['agency'] } } as const;
  server.patch('/storeManages/:id', { schema: shipping, config }, async (request) => {
    const { params, body, ownedBy } = request;
    const { carrier, trackingNumber } = body;
    const details = { ...(carrier && { carrier }), ...(trackingNumber && { trackingNumber }) };
    return record(
      request,
      names,
      toResource(await service.commands.shipDelivery(params.id, details, ownedBy)),
    );
  });
  addQueries(server, service);
};

function addQueries(server: HttpServer, { queries }: StoreService): void {
  addReadRoutes(server, {
    names,
    resource: StoreManageResource,
    query,
    toResource,
    access: { roles: ['customer', 'agency', 'operator'], owner: ['customer', 'agency'] },
    finding: {
      operationId: 'findDelivery',
      summary: "An order's delivery",
      answer: 'The delivery.',
      run: queries.findDelivery,
    },
    listing: {
      operationId: 'listDeliveries',
      summary: 'All deliveries',
      answer: 'A page of deliveries.',
      run: (request, _query, ownedBy) => queries.listDeliveries(request, ownedBy),
    },
  });
}
