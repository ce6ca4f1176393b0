import type { Load, Outcome } from '../load/load.ts';
import { offer } from '../load/offer.ts';
import { cpuPerOrder, type Usage, usageOf } from '../processes/usage.ts';
import type { Subject } from '../subjects/subject.ts';
import { type Figures, figuresOf, type Memory, type Pair, pooled } from './figures.ts';

const LOOK_EVERY_MS = 500;

interface Round {
  readonly outcome: Outcome;
  readonly before: Usage;
  readonly after: Usage;
  readonly memory: Memory;
}

/** Both systems, in the order in which they have their turns. */
export type Subjects = readonly Subject[];

/** Offers the same load to both, one after the other and again, so that what the machine does besides hits both. */
export async function inTurns(
  subjects: Subjects,
  rounds: number,
  loadOf: (subject: Subject) => Load,
): Promise<Pair<Figures>> {
  const done = new Map<Subject['role'], Round[]>(subjects.map(({ role }) => [role, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const subject of round % 2 === 0 ? subjects : subjects.toReversed())
      done.get(subject.role)?.push(await measured(subject, loadOf(subject)));
  const figures = (role: Subject['role']) => together(done.get(role) ?? []);
  return { measured: figures('measured'), beside: figures('beside') };
}

/** One load on one system, with what it cost. */
export async function measure(subject: Subject, load: Load): Promise<{ figures: Figures; outcome: Outcome }> {
  const round = await measured(subject, load);
  return { figures: together([round]), outcome: round.outcome };
}

async function measured(subject: Subject, load: Load): Promise<Round> {
  const before = await usageOf(subject.pids);
  let most = before;
  const looking = setInterval(async () => {
    const now = await usageOf(subject.pids);
    if (now.rssMb > most.rssMb) most = now;
  }, LOOK_EVERY_MS);
  try {
    const outcome = await offer(load);
    return { outcome, before, after: await usageOf(subject.pids), memory: most };
  } finally {
    clearInterval(looking);
  }
}

function together(rounds: readonly Round[]): Figures {
  const costs = rounds.map(({ before, after, outcome }) => cpuPerOrder(before, after, outcome.ids.length));
  const names = Object.keys(costs[0] ?? {});
  const mean = (name: string) => costs.reduce((sum, cost) => sum + (cost[name] ?? 0), 0) / costs.length;
  const rssMb = Math.max(...rounds.map(({ memory }) => memory.rssMb));
  const pssMb = Math.max(...rounds.map(({ memory }) => memory.pssMb));
  return figuresOf(pooled(rounds.map(({ outcome }) => outcome)), {
    cpuMs: Object.fromEntries(names.map((name) => [name, mean(name)])),
    memory: { rssMb, pssMb },
  });
}
