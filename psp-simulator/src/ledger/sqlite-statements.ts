import type { DatabaseSync } from 'node:sqlite';

const PAYMENT =
  'payment_key, order_id, order_name, customer_key, amount, requested_at, authenticated_at, failure';
const TRANSACTION = 'transaction_key, payment_key, order_id, kind, amount, emptied, reason, at';

/** Every statement of the ledger, prepared once. */
export function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string) => database.prepare(sql);
  return {
    payment: prepare(`select ${PAYMENT} from payments where payment_key = ?`),
    paymentsOf: prepare(`select ${PAYMENT} from payments where order_id = ? order by number`),
    addPayment: prepare(`insert into payments (${PAYMENT}) values (?, ?, ?, ?, ?, ?, ?, ?)`),
    fail: prepare('update payments set failure = ? where payment_key = ?'),
    transactionsOf: prepare(`select ${TRANSACTION} from transactions where payment_key = ? order by number`),
    enter: prepare(`insert into transactions (${TRANSACTION}) values (?, ?, ?, ?, ?, ?, ?, ?)`),
    place: prepare('select at, number from transactions where transaction_key = ?'),
    transactions: prepare(
      `select ${TRANSACTION} from transactions where (at, number) > (?, ?) and at <= ? order by at, number limit ?`,
    ),
    balances: prepare(`
      select order_id,
        sum(iif(kind = 'approval', amount, 0)) as charged, sum(iif(kind = 'cancel', amount, 0)) as refunded,
        sum(kind = 'approval') as charges, sum(kind = 'cancel') as refunds
      from transactions where order_id > ? and order_id >= ? and order_id < ? group by order_id order by order_id limit ?`),
    reply: prepare('select payment_key, cancels, code from replies where scope = ? and at >= ?'),
    saveReply: prepare(
      'insert or replace into replies (scope, payment_key, cancels, code, at) values (?, ?, ?, ?, ?)',
    ),
    forgetReplies: prepare(
      'delete from replies where scope in (select scope from replies where at < ? order by at limit ?)',
    ),
    addWebhook: prepare(
      'insert into webhooks (transmission_id, payment_key, cancels, created_at, due_at, retries) values (?, ?, ?, ?, ?, ?)',
    ),
    dueWebhooks: prepare('select * from webhooks where due_at <= ? order by due_at limit ?'),
    postponeWebhook: prepare('update webhooks set due_at = ?, retries = ? where transmission_id = ?'),
    removeWebhook: prepare('delete from webhooks where transmission_id = ?'),
    pendingWebhooks: prepare('select count(*) as pending from webhooks'),
  };
}
