import { type Approval, balanceOf, type Cancel, type Payment } from '../core/payment.ts';
import type {
  Balance,
  BalanceQuery,
  Ledger,
  LedgerTransaction,
  SavedReply,
  Transaction,
  TransactionQuery,
  Webhook,
} from './ledger.ts';

/** Books that last as long as the object: for simulations and tests. */
export function createMemoryLedger(): Ledger {
  const books = new MemoryBooks();
  return {
    transact: async (work) => {
      books.undo.length = 0;
      try {
        return work(books);
      } catch (error) {
        for (const step of books.undo.reverse()) step();
        throw error;
      }
    },
    close: async () => undefined,
  };
}

class MemoryBooks implements LedgerTransaction {
  /** How to take back what the present work has written. */
  readonly undo: (() => void)[] = [];
  readonly #payments = new Map<string, Payment>();
  readonly #keysOfOrder = new Map<string, readonly string[]>();
  readonly #transactions: Transaction[] = [];
  readonly #replies = new Map<string, { readonly reply: SavedReply; readonly at: number }>();
  readonly #webhooks = new Map<string, Webhook>();

  payment(paymentKey: string): Payment | undefined {
    return this.#payments.get(paymentKey);
  }

  paymentsOf(orderId: string): readonly Payment[] {
    return (this.#keysOfOrder.get(orderId) ?? []).map((key) => this.#known(key));
  }

  addPayment(payment: Payment): void {
    const { paymentKey, orderId, approval } = payment;
    this.#put(this.#payments, paymentKey, { ...payment, approval: null, cancels: [] });
    this.#put(this.#keysOfOrder, orderId, [...(this.#keysOfOrder.get(orderId) ?? []), paymentKey]);
    if (approval) this.approve(paymentKey, approval);
  }

  approve(paymentKey: string, approval: Approval): void {
    const payment = { ...this.#known(paymentKey), approval };
    this.#put(this.#payments, paymentKey, payment);
    const { amount, orderId } = payment;
    this.#enter({ ...approval, paymentKey, orderId, kind: 'approval', amount, emptied: false });
  }

  fail(paymentKey: string, failure: Payment['failure']): void {
    this.#put(this.#payments, paymentKey, { ...this.#known(paymentKey), failure });
  }

  addCancel(paymentKey: string, cancel: Cancel): void {
    const before = this.#known(paymentKey);
    const payment = { ...before, cancels: [...before.cancels, cancel] };
    this.#put(this.#payments, paymentKey, payment);
    const { transactionKey, amount, at } = cancel;
    const emptied = balanceOf(payment) === 0;
    this.#enter({ transactionKey, paymentKey, orderId: before.orderId, kind: 'cancel', amount, emptied, at });
  }

  transactions({ from, to, after, limit }: TransactionQuery): readonly Transaction[] {
    const inTime = this.#transactions
      .filter(({ at }) => at >= from && at <= to)
      .sort((first, second) => first.at - second.at);
    const known = inTime.findIndex(({ transactionKey }) => transactionKey === after);
    if (after !== undefined && known < 0) return [];
    return inTime.slice(known + 1, known + 1 + limit);
  }

  balances({ orderIdPrefix, startingAfter, limit }: BalanceQuery): readonly Balance[] {
    const balances = new Map<string, Balance>();
    for (const transaction of this.#transactions) {
      const { orderId } = transaction;
      if (orderId.startsWith(orderIdPrefix) && orderId > startingAfter)
        balances.set(orderId, moved(balances.get(orderId) ?? untouched(orderId), transaction));
    }
    return [...balances.values()].sort(byOrderId).slice(0, limit);
  }

  savedReply(scope: string, notBefore: number): SavedReply | undefined {
    const saved = this.#replies.get(scope);
    return saved && saved.at >= notBefore ? saved.reply : undefined;
  }

  saveReply(scope: string, reply: SavedReply, at: number): void {
    this.#put(this.#replies, scope, { reply, at });
  }

  forgetReplies(before: number, limit: number): number {
    const old = [...this.#replies].filter(([, { at }]) => at < before).slice(0, limit);
    for (const [scope] of old) this.#take(this.#replies, scope);
    return old.length;
  }

  addWebhook(webhook: Webhook): void {
    this.#put(this.#webhooks, webhook.transmissionId, webhook);
  }

  dueWebhooks(now: number, limit: number): readonly Webhook[] {
    const due = [...this.#webhooks.values()].filter(({ dueAt }) => dueAt <= now);
    return due.sort((first, second) => first.dueAt - second.dueAt).slice(0, limit);
  }

  postponeWebhook(transmissionId: string, dueAt: number, retries: number): void {
    const webhook = this.#webhooks.get(transmissionId);
    if (webhook) this.#put(this.#webhooks, transmissionId, { ...webhook, dueAt, retries });
  }

  removeWebhook(transmissionId: string): void {
    this.#take(this.#webhooks, transmissionId);
  }

  pendingWebhooks(): number {
    return this.#webhooks.size;
  }

  #known(paymentKey: string): Payment {
    const payment = this.#payments.get(paymentKey);
    if (!payment) throw new Error(`no payment ${paymentKey}`);
    return payment;
  }

  #enter(transaction: Transaction): void {
    this.#transactions.push(transaction);
    this.undo.push(() => this.#transactions.pop());
  }

  #put<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
    const before = map.get(key);
    map.set(key, value);
    this.undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)));
  }

  #take<Key, Value>(map: Map<Key, Value>, key: Key): void {
    const before = map.get(key);
    map.delete(key);
    this.undo.push(() => before !== undefined && map.set(key, before));
  }
}

const untouched = (orderId: string): Balance => ({
  orderId,
  charged: 0,
  refunded: 0,
  net: 0,
  charges: 0,
  refunds: 0,
});

function moved(balance: Balance, { kind, amount }: Transaction): Balance {
  const { charged, refunded, net, charges, refunds } = balance;
  return kind === 'approval'
    ? { ...balance, charged: charged + amount, net: net + amount, charges: charges + 1 }
    : { ...balance, refunded: refunded + amount, net: net - amount, refunds: refunds + 1 };
}

const byOrderId = (first: Balance, second: Balance) => (first.orderId < second.orderId ? -1 : 1);
