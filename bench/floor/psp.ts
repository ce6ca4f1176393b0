import { listen } from './http.ts';
import { commit, open } from './sqlite.ts';
import { together } from './together.ts';

interface Entry {
  readonly orderId: number;
  readonly operation: 'charge' | 'refund';
  readonly amount: number;
}

const database = open(`
  create table if not exists ledger (
    id integer, operation text, amount integer, payment_key text, primary key (id, operation)
  ) without rowid`);
const insert = database.prepare('insert into ledger values (?, ?, ?, ?) on conflict do nothing');

/** The requests that came at the same moment are one commit. */
const book = together((entries: Entry[]) =>
  commit(database, () =>
    entries.map(({ orderId, operation, amount }) => {
      const paymentKey = `key-${orderId}`;
      insert.run(orderId, operation, amount, paymentKey);
      return { paymentKey, status: operation === 'charge' ? 'DONE' : 'CANCELED' };
    }),
  ),
);

listen(async (_method, path, { orderId, price = 0 }) => ({
  status: 200,
  body: await book({ orderId, operation: path === '/charges' ? 'charge' : 'refund', amount: price }),
}));
