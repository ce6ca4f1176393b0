import { isPastApp } from '../invariants/evidence.ts';
import { recordsOf } from '../services/simulated-service.ts';
import type { World } from '../world/world.ts';
import type { Client, ClientRequest } from './client.ts';
import { signedIn } from './sign-in.ts';

const isAnswered = ({ status }: { status: number }) => status === 200;

/** Asks, when all is over, what only the services themselves can say. */
export async function audit(world: World, client: Client): Promise<void> {
  await reconcile(world, client);
  await reconcileOrders(world, client);
  await lookAsEachCustomer(world, client, 'app', '/orders', 'orders');
  await lookAsEachCustomer(world, client, 'customer', '/customers', 'customers');
  await lookAsEachCustomer(world, client, 'marketing', '/marketings', 'marketings');
}

/** I2: pay's own comparison with the PSP's books finds no difference. */
async function reconcile(world: World, client: Client): Promise<void> {
  const request = { method: 'POST', url: '/reconciliations', body: {} } as const;
  const answer = await client.askUntil('pay', request, isAnswered, 20);
  if (!answer) world.violate('I2 the books could not be reconciled');
  else if (answer.body.total > 0)
    world.violate(`I2 the reconciliation found ${JSON.stringify(answer.body.differences)}`);
}

/** I2: app's comparison with pay's payments names the payments that were made past it, and nothing else. */
async function reconcileOrders(world: World, client: Client): Promise<void> {
  const request = { method: 'POST', url: '/reconciliations', body: {} } as const;
  const answer = await client.askUntil('app', request, isAnswered, 20);
  if (!answer) return world.violate('I2 the orders could not be reconciled');
  const expected = recordsOf(world.databases.pay)
    .filter((payment) => isPastApp(payment) && payment.state === 'Payed')
    .map(({ id }) => `paymentWithoutOrder ${id}`);
  const found = (answer.body.differences as { kind: string; orderId: number }[]).map(
    ({ kind, orderId }) => `${kind} ${orderId}`,
  );
  if (found.sort().join() !== expected.sort().join())
    world.violate(`I2 the comparison of orders found ${found}, past app are ${expected}`);
}

/** I10: each customer is shown their own records, in lists and one by one, and nobody else's. */
async function lookAsEachCustomer(
  world: World,
  client: Client,
  service: string,
  path: string,
  collection: string,
): Promise<void> {
  const list = async (as?: ClientRequest['as'], query = ''): Promise<readonly Shown[]> => {
    const request = { method: 'GET', url: `${path}?size=100${query}`, as } as const;
    const answer = await client.askUntil(service, request, isAnswered, 20);
    if (!answer) world.violate(`I10 ${path} did not answer`);
    return answer?.body._embedded[collection] ?? [];
  };
  const all = await list();
  for (const customer of new Set([...all.map(({ customerId }) => customerId), 'demo', 'nobody'])) {
    const as = signedIn(customer, 'customer');
    const shown = await list(as);
    const foreign = shown.find(({ customerId }) => customerId !== customer);
    if (foreign) world.violate(`I10 ${customer} is shown ${path}/${foreign.id} of ${foreign.customerId}`);
    const own = all.filter(({ customerId }) => customerId === customer);
    if (own.length !== shown.length)
      world.violate(`I10 ${customer} is shown ${shown.length} of ${own.length} ${collection}`);
    if (path !== '/orders') isFiltered(world, customer, await list(undefined, `&customer=${customer}`), own);
    const others = all.find(({ customerId }) => customerId !== customer);
    if (others) await isHidden(world, client, { service, url: `${path}/${others.id}`, as, customer });
  }
}

/** What an operator sees who asks for one customer's. */
function isFiltered(world: World, customer: string, shown: readonly Shown[], own: readonly Shown[]): void {
  const foreign = shown.find(({ customerId }) => customerId !== customer);
  if (foreign)
    world.violate(`I10 asked for those of ${customer}, ${foreign.id} of ${foreign.customerId} is shown`);
  if (shown.length !== own.length)
    world.violate(`I10 asked for the ${own.length} of ${customer}, ${shown.length} are shown`);
}

interface Shown {
  readonly id: number;
  readonly customerId: string;
}

async function isHidden(
  world: World,
  client: Client,
  { service, url, as, customer }: Pick<ClientRequest, 'url' | 'as'> & Record<'service' | 'customer', string>,
): Promise<void> {
  const isSettled = ({ status }: { status: number }) => status < 500;
  const answer = await client.askUntil(service, { method: 'GET', url, as }, isSettled, 20);
  if (answer?.status !== 404)
    world.violate(`I10 ${customer} gets ${answer?.status} for ${url} of somebody else`);
}
