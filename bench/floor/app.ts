import { lineCaller, listen } from './http.ts';
import { follow } from './log.ts';
import { foldNews } from './news.ts';
import { connect } from './postgres.ts';
import { postgresOutbox } from './postgres-outbox.ts';
import { endProcess, type OutboxRow, relay } from './relay.ts';
import { ORDER_CANCELLED, ORDERED } from './status.ts';
import { together } from './together.ts';

interface Order {
  readonly id: number;
  readonly item: string;
  readonly qty: number;
  readonly price: number;
}

const UNIT_PRICE = 899_000;

const BEGIN = `
  insert into orders (id, item, qty, price, status)
  select *, 0 from unnest($1::bigint[], $2::text[], $3::int[], $4::bigint[])`;
const TELL = `
  with changed as (
    update orders set status = greatest(status, $1) from unnest($2::bigint[]) as told (id) where orders.id = told.id
  )
  insert into outbox (type, id, data) select * from unnest($3::text[], $2::bigint[], $4::text[]) returning seq`;
const NOTE = `
  with consumed as (update consumed set position = $1)
  update orders set status = greatest(orders.status, news.status), point = least(orders.point, news.point)
  from unnest($2::bigint[], $3::int[], $4::bigint[]) as news (id, status, point) where orders.id = news.id`;

const intake = await connect(process.env.DATABASE_URL);
const telling = await connect(process.env.DATABASE_URL);
const consuming = await connect(process.env.DATABASE_URL);
const pass = await relay(await postgresOutbox());
const pay = lineCaller(process.env.PAY_URL as string, '/payments/batch');
let lastId: number = (await intake('select coalesce(max(id), 0) as id from orders')())[0].id;

const insertOrders = intake(BEGIN);
const begin = together(async (orders: Order[]) => {
  await insertOrders(
    orders.map(({ id }) => id),
    orders.map(({ item }) => item),
    orders.map(({ qty }) => qty),
    orders.map(({ price }) => price),
  );
  return orders;
});

/** Intake and consumer lock the rows of orders one after another in one order, or they would deadlock. */
const byId = (a: { id: number }, b: { id: number }) => a.id - b.id;

const insertTold = telling(TELL);
/** Moves orders to a status and writes down the event that says so, in one commit. */
const tell = (status: number, type: string) =>
  together(async (waiting: { id: number; data: string }[]) => {
    const orders = waiting.toSorted(byId);
    const ids = orders.map(({ id }) => id);
    const types = orders.map(() => type);
    const told = await insertTold(
      status,
      ids,
      types,
      orders.map(({ data }) => data),
    );
    pass(orders.map((order, index): OutboxRow => ({ ...order, type, seq: told[index].seq })));
    return waiting;
  });
const form = tell(ORDERED, 'Ordered');
const cancel = tell(ORDER_CANCELLED, 'OrderCancelled');

async function placeOrder({ item, qty }: { item: string; qty: number }) {
  const order = await begin({ id: ++lastId, item, qty: Number(qty), price: UNIT_PRICE * Number(qty) });
  const { process } = await pay({ orderId: order.id, price: order.price });
  if (process !== 'Payed') return { status: 402, body: { process } };
  const formed = { ...order, status: 'Ordered' };
  await form({ id: order.id, data: JSON.stringify({ eventType: 'Ordered', ...formed }) });
  return { status: 201, body: formed };
}

async function cancelOrder(id: number) {
  await cancel({ id, data: JSON.stringify({ eventType: 'OrderCancelled', id }) });
  return { status: 200, body: { id, status: 'OrderCancelled' } };
}

const note = consuming(NOTE);
const position = (await consuming('select position from consumed')())[0].position;
follow(position, async (events, last) => {
  const ofOthers = events.filter(({ type }) => type !== 'Ordered' && type !== 'OrderCancelled');
  const news = foldNews(ofOthers).sort(byId);
  const column = (key: 'id' | 'status' | 'point') => news.map((one) => one[key]);
  await note(last, column('id'), column('status'), column('point'));
}).catch(endProcess);

listen((method, path, body) =>
  method === 'POST' ? placeOrder(body) : cancelOrder(Number(path.slice('/orders/'.length))),
);
