import type { RawAnswer } from '@phone82/testkit';
import type { Books } from './books.ts';
import type { Heard } from './converse.ts';
import type { Conversation, Element, Intent } from './element.ts';

/** A conversation and what came of it. */
export interface Held extends Heard {
  readonly service: string;
  readonly conversation: Conversation;
}

/** Refusals for overload: nothing was done, and the client is told when to come back. */
const OVERLOAD: ReadonlySet<string> = new Set(['overloaded', 'deadline-passed', 'payment-unavailable']);
/** It is being found out: both outcomes are true to it. */
const ACCEPTED = 202;
const UNDONE: ReadonlySet<string> = new Set(['PaymentFailed', 'PaymentReturned']);

export function codeOf({ body }: Pick<RawAnswer, 'body'>): string | undefined {
  try {
    return (JSON.parse(body) as { code?: string }).code;
  } catch {
    return undefined;
  }
}

/** What is wrong with the answers alone: a 5xx that is no stated overload. */
export function* faultsOfAnswers({ service, answers }: Held): Generator<string> {
  for (const answer of answers) {
    if (answer.status < 500) continue;
    const code = codeOf(answer);
    const isStated =
      answer.status === 503 && OVERLOAD.has(code ?? '') && /^\d+$/.test(answer.headers['retry-after'] ?? '');
    if (!isStated) yield `${service} answered ${answer.status} ${code ?? answer.body.slice(0, 80)}`;
  }
}

/** What the books say against the answers: a "no" for what was done, or a "yes" for what was not. */
export function* faultsOfBooks(held: Held, books: Books): Generator<string> {
  const { conversation, answers, isEnded } = held;
  const { elements } = conversation;
  const firstBroken = elements.findIndex(({ isBroken }) => isBroken);
  const clear = firstBroken < 0 ? elements.length : firstBroken;
  for (const [at, { intent }] of elements.slice(0, clear).entries()) {
    const answer = answers[at];
    if (answer) yield* contradictions(intent, answer, books);
  }
  // A client that stopped listening before the end may have missed an answer.
  if (isEnded) yield* unclearOnes(elements.slice(clear), answers.slice(clear), books);
}

function* contradictions(intent: Intent, answer: RawAnswer, books: Books): Generator<string> {
  const isYes = answer.status < 300 && answer.status !== ACCEPTED;
  const isNo = answer.status >= 400;
  const what = whatWasDone(intent, books);
  const told = `${answer.status} ${codeOf(answer) ?? ''}`;
  if (isNo && what) yield `it was refused (${told}), and ${what}`;
  if (isYes && intent.kind === 'order' && !what) yield `it was told ${told}, and there is no such order`;
  if (isYes && intent.kind === 'cancel' && !what) yield `it was told ${told}, and the order stands`;
}

/** Where a request is framed wrongly, a server may read more than one in it: each "yes" accounts for one thing that was done. */
function* unclearOnes(
  elements: readonly Element[],
  answers: readonly RawAnswer[],
  books: Books,
): Generator<string> {
  if (answers.length === 0) return;
  const done = elements.flatMap(({ intent }) => whatWasDone(intent, books) ?? []);
  const yes = answers.filter(({ status }) => status < 300).length;
  if (done.length > yes)
    yield `${yes} of its answers say yes (${answers.map(({ status }) => status)}), and ${done.join('; ')}`;
}

/** Undefined where nothing was done. */
function whatWasDone(intent: Intent, { ordersByKey, ordersById, charged }: Books): string | undefined {
  if (intent.kind === 'order') {
    const order = ordersByKey.get(intent.key);
    return order && !UNDONE.has(order.status) ? `the order ${order.id} is ${order.status}` : undefined;
  }
  if (intent.kind === 'cancel') {
    const status = ordersById.get(intent.orderId)?.status ?? '';
    return /Cancelled$/.test(status) ? `the order ${intent.orderId} is ${status}` : undefined;
  }
  if (intent.kind === 'charge' && charged.has(intent.orderId)) return `${intent.orderId} was charged`;
  return undefined;
}

/** Money that no order accounts for. */
export const unaccountedCharges = ({ charged, ordersById }: Books): readonly string[] =>
  [...charged].flatMap((id) => {
    const status = ordersById.get(id)?.status;
    return status === undefined || UNDONE.has(status)
      ? [`the PSP keeps money for ${id}, which is ${status ?? 'no order'}`]
      : [];
  });
