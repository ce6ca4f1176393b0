import { seoulTime } from '@phone82/contracts';
import { backoffMs } from '@phone82/resilience';
import type { Environment } from '@phone82/runtime';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Psp, type PspTransaction, PspUnavailable } from '../../usecases/psp-port.ts';
import type { OrderNumbers } from './order-number.ts';
import type { TossCalls } from './toss-calls.ts';

const PAGE = 1_000;
const TRIES = 6;
/** Whoever wants the books asks again after a longer one: our keys are refused, say. */
const LONGEST_PAUSE_MS = 10_000;

const TossTransaction = Type.Object({
  transactionKey: Type.String(),
  orderId: Type.String(),
  status: Type.String(),
  amount: Type.Number(),
  transactionAt: Type.String(),
});
type TossTransaction = Static<typeof TossTransaction>;
const validator = Compile(Type.Array(TossTransaction));

interface Options {
  readonly calls: TossCalls;
  readonly orderNumbers: OrderNumbers;
  readonly environment: Environment;
}

/** The PSP's list of transactions, by keys of the last one seen, so that a long list costs no more per page. */
export function tossTransactions(options: Options): Psp['transactions'] {
  return async function* ({ from, to }, signal) {
    let startingAfter: string | undefined;
    do {
      const page = await fetchPage(options, { from, to, startingAfter }, signal);
      yield page
        .map((transaction) => toTransaction(transaction, options.orderNumbers))
        .filter((transaction) => transaction !== undefined)
        .filter(({ at }) => at >= from && at < to);
      startingAfter = page.length === PAGE ? page.at(-1)?.transactionKey : undefined;
    } while (startingAfter !== undefined);
  };
}

interface PageQuery {
  readonly from: number;
  readonly to: number;
  readonly startingAfter: string | undefined;
}

async function fetchPage(
  { calls, environment }: Options,
  { from, to, startingAfter }: PageQuery,
  signal: AbortSignal,
): Promise<readonly TossTransaction[]> {
  const query = new URLSearchParams({
    startDate: seoulTime(from),
    endDate: seoulTime(to),
    limit: String(PAGE),
    ...(startingAfter && { startingAfter }),
  });
  const path = `/v1/transactions?${query}`;
  for (let attempt = 1; ; attempt++) {
    const reply = await calls.send({ operation: 'listTransactions', method: 'GET', path });
    if (reply.kind === 'ok' && validator.Check(reply.body)) return reply.body;
    const asked = 'retryAfterMs' in reply ? reply.retryAfterMs : 0;
    const pause = Math.max(asked, backoffMs(attempt, {}, environment.random));
    if (attempt < TRIES && pause <= LONGEST_PAUSE_MS) await environment.sleep(pause, signal);
    else throw new PspUnavailable('the PSP does not list its transactions');
    if (signal.aborted) throw new PspUnavailable('the PSP did not list its transactions in time');
  }
}

/** Cancelled payments keep their approval in the list; the money given back is a line of its own. */
function toTransaction(
  { orderId: pspOrderId, status, amount, transactionAt }: TossTransaction,
  numbers: OrderNumbers,
): PspTransaction | undefined {
  const orderId = numbers.orderIdOf(pspOrderId);
  if (orderId === 'foreign') return undefined;
  const kind = status === 'CANCELED' || status === 'PARTIAL_CANCELED' ? 'refund' : 'charge';
  return { pspOrderId, orderId, kind, amount: Math.abs(amount), at: Date.parse(transactionAt) };
}
