import { caller, listen } from './http.ts';
import { follow } from './log.ts';
import { connect } from './postgres.ts';
import { postgresOutbox } from './postgres-outbox.ts';
import { callPsp } from './psp.ts';
import { endProcess, type OutboxRow, relay } from './relay.ts';
import { together } from './together.ts';

interface Payment {
  readonly orderId: number;
  readonly price: number;
}

const REQUEST = `
  insert into payments (id, price, process) select *, 'Requested' from unnest($1::bigint[], $2::bigint[])
  on conflict do nothing`;
const PAID = `
  with paid as (
    update payments set process = $1::text, payment_key = coalesce(told.payment_key, payments.payment_key)
    from unnest($2::bigint[], $3::text[]) as told (id, payment_key) where payments.id = told.id
  )
  insert into outbox (type, id, data) select $4::text, * from unnest($2::bigint[], $5::text[]) returning seq`;
const CANCELLING = `
  with consumed as (update consumed set position = $1)
  update payments set process = 'CancelPending' where id = any($2::bigint[]) returning id, payment_key`;

const requesting = await connect(process.env.DATABASE_URL);
const telling = await connect(process.env.DATABASE_URL);
const consuming = await connect(process.env.DATABASE_URL);
const pass = await relay(await postgresOutbox());
const psp = callPsp(process.env.PSP_URL as string);
const marketing = caller(process.env.MARKETING_URL as string);

const insertRequests = requesting(REQUEST);
const request = together(async (payments: Payment[]) => {
  await insertRequests(
    payments.map(({ orderId }) => orderId),
    payments.map(({ price }) => price),
  );
  return payments;
});

const insertTold = telling(PAID);
const tell = (process: string, type: string) =>
  together(async (payments: { orderId: number; paymentKey: string | null }[]) => {
    const told = payments.map(({ orderId }) => JSON.stringify({ eventType: type, orderId, process }));
    const ids = payments.map(({ orderId }) => orderId);
    const keys = payments.map(({ paymentKey }) => paymentKey);
    const rows = await insertTold(process, ids, keys, type, told);
    pass(
      ids.map((id, index): OutboxRow => ({ id, type, data: told[index] as string, seq: rows[index].seq })),
    );
    return payments;
  });
const paid = tell('Payed', 'PayCompleted');
const refunded = tell('PayCancelled', 'PayCancelled');

async function takePayment(payment: Payment) {
  await request(payment);
  const { paymentKey } = await psp.charge(payment);
  await paid({ orderId: payment.orderId, paymentKey });
  return { status: 201, body: { id: payment.orderId, process: 'Payed' } };
}

/** The mileage goes first, then the money comes back. */
async function undo({ id, payment_key }: { id: number; payment_key: string }): Promise<void> {
  await marketing('/cancels', { orderId: id });
  await psp.refund({ orderId: id, paymentKey: payment_key });
  await refunded({ orderId: id, paymentKey: null });
}

const cancelling = consuming(CANCELLING);
const interrupted = await consuming("select id, payment_key from payments where process = 'CancelPending'")();
Promise.all(interrupted.map(undo)).catch(endProcess);
const position = (await consuming('select position from consumed')())[0].position;
follow(position, async (events, last) => {
  const cancelled = events.filter(({ type }) => type === 'OrderCancelled').map(({ id }) => id);
  if (cancelled.length > 0) await Promise.all((await cancelling(last, cancelled)).map(undo));
}).catch(endProcess);

listen((_method, _path, body) => takePayment(body));
