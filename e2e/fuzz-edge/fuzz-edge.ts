import { newSystem, type SystemUnderTest, succeeded } from '../system-under-test.ts';
import { type Books, readBooks } from './books.ts';
import { chanceOf } from './chance.ts';
import { converse } from './converse.ts';
import { codeOf, faultsOfAnswers, faultsOfBooks, type Held, unaccountedCharges } from './judge.ts';
import { countOperatorRequests, reachedBetween } from './operator-routes.ts';
import { type PlanOptions, planConversation } from './plan.ts';

export interface FuzzEdgeOptions {
  readonly requests: number;
  readonly seed: number;
  print(line: string): void;
}

const AT_ONCE = 48;
const MOST_TO_CANCEL = 300;
const FIRST_PAYMENT_ID = 800_000_000;
const SHOWN_FAULTS = 20;

/** Sends raw requests to gateway and app of a system of its own, and holds the answers against the books. */
export async function fuzzEdge({
  requests,
  seed,
  print,
}: FuzzEdgeOptions): Promise<{ passed: number; failed: number }> {
  const system = await newSystem();
  try {
    print('starting a system of its own');
    succeeded(await system.run('up', '--detach'));
    const options = await preparePlan(system, { requests, seed });
    const before = await countOperatorRequests(system);
    const atGateway = await fuzzService(system, 'gateway', requests / 2, { options, print });
    const reached = reachedBetween(before, await countOperatorRequests(system));
    const atApp = await fuzzService(system, 'app', requests / 2, { options, print });
    print('waiting for the orders to settle');
    const books = await readBooks(system);
    return sumUp([...atGateway, ...atApp], { books, reached, seed, print });
  } finally {
    await system.dispose();
  }
}

/** Orders that conversations may cancel, and the numbers that tell requests apart. */
async function preparePlan(
  system: SystemUnderTest,
  { requests, seed }: { requests: number; seed: number },
): Promise<PlanOptions> {
  const toCancel: number[] = [];
  while (toCancel.length < Math.min(MOST_TO_CANCEL, requests / 20)) {
    const { status, body } = await system.http('app').post('/orders', { item: 'LG10', qty: 1 });
    // On a busy machine an order may form later: it is left alone.
    if (status === 201) toCancel.push(body.id);
  }
  let [keys, payments] = [0, 0];
  return {
    chance: chanceOf(seed),
    freshKey: () => `fuzz-${++keys}`,
    orderToCancel: () => toCancel.pop(),
    freshPaymentId: () => FIRST_PAYMENT_ID + ++payments,
  };
}

interface Course {
  readonly options: PlanOptions;
  print(line: string): void;
}

async function fuzzService(
  system: SystemUnderTest,
  service: 'gateway' | 'app',
  requests: number,
  { options, print }: Course,
): Promise<readonly Held[]> {
  const port = Number(new URL(system.url(service)).port);
  const held: Held[] = [];
  const tenth = requests / 10;
  let [planned, told] = [0, 0];
  const work = async () => {
    while (planned < requests) {
      const conversation = planConversation(options);
      planned += conversation.elements.length;
      held.push({ service, conversation, ...(await converse(port, conversation)) });
      if (planned < told + tenth) continue;
      told = planned;
      print(`${service}: ${planned} of ${requests} requests`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return held;
}

interface Verdicts {
  readonly books: Books;
  readonly reached: readonly string[];
  readonly seed: number;
  print(line: string): void;
}

function sumUp(
  held: readonly Held[],
  { books, reached, seed, print }: Verdicts,
): { passed: number; failed: number } {
  const faults = held.flatMap((one) =>
    [...faultsOfAnswers(one), ...faultsOfBooks(one, books)].map((fault) => `${fault}: ${shown(one)}`),
  );
  const all = [...reached, ...unaccountedCharges(books), ...faults];
  for (const [answer, count] of classesOf(held)) print(`${String(count).padStart(7)}  ${answer}`);
  for (const fault of all.slice(0, SHOWN_FAULTS)) print(`✗ ${fault}`);
  if (all.length > SHOWN_FAULTS) print(`… and ${all.length - SHOWN_FAULTS} more`);
  const requests = held.reduce((sum, { conversation }) => sum + conversation.elements.length, 0);
  print(
    `${requests} requests on ${held.length} connections, ${books.ordersByKey.size} orders by key, seed ${seed}`,
  );
  const failed = all.length;
  return { passed: Math.max(0, requests - failed), failed };
}

function shown({ conversation: { elements, delivery } }: Held): string {
  const bytes = JSON.stringify(elements.map((element) => element.bytes).join('')).slice(0, 600);
  return delivery.leavesAfter === undefined ? bytes : `${bytes}, left after ${delivery.leavesAfter}`;
}

/** How often each answer was given, by service. */
function classesOf(held: readonly Held[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const { service, conversation, answers } of held) {
    for (const answer of answers)
      count(`${service} ${answer.status} ${answer.status < 400 ? '' : (codeOf(answer) ?? '')}`.trim());
    for (let missing = answers.length; missing < conversation.elements.length; missing++)
      count(`${service} no answer`);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
