import type { Outcome } from '../load/load.ts';
import type { Subject } from '../subjects/subject.ts';
import { orderAt } from './crowd.ts';
import { type Figures, type Pair, refusedOf, spreadOf } from './figures.ts';
import { measure, type Subjects } from './rounds.ts';

/** What was seen at one rate. */
export interface Step {
  readonly rate: number;
  readonly sustained: boolean;
  readonly answeredP99: number;
  readonly inViewP50: number;
  readonly inViewP99: number;
}

export interface Life {
  readonly steps: readonly Step[];
  /** The highest rate, a second, that the view kept up with; 0 if none. */
  readonly sustained: number;
  /** At 80 % of it. */
  readonly relaxed?: Figures;
}

export interface LifePlan {
  /** The first rate of each system. */
  readonly from: Pair<number>;
  readonly factor: number;
  readonly secondsEach: number;
  readonly relaxedSeconds: number;
}

const RELAXED = 0.8;
/** How long the middle one of the last quarter may take into the view. */
const BEHIND_AT_MOST_MS = 1_000;
/** One order of a thousand may be refused. */
const REFUSED_AT_MOST = 0.001;
const WARM_UP_S = 1;
const MOST_STEPS = 12;

/** Orders at rising rates, in turns, until the view falls behind; then at 80 % of the highest rate that it kept up with. */
export async function measureLife(
  subjects: Subjects,
  plan: LifePlan,
  tell: (line: string) => void,
): Promise<Pair<Life>> {
  const steps = await riseInTurns(subjects, plan, tell);
  const lives: Partial<Record<Subject['role'], Life>> = {};
  for (const subject of subjects) {
    const taken = steps.get(subject.role) ?? [];
    const sustained = Math.max(0, ...taken.filter((step) => step.sustained).map(({ rate }) => rate));
    const relaxed =
      sustained > 0
        ? (await measure(subject, orders(subject, RELAXED * sustained, plan.relaxedSeconds))).figures
        : undefined;
    lives[subject.role] = { steps: taken, sustained, ...(relaxed && { relaxed }) };
  }
  return lives as Pair<Life>;
}

async function riseInTurns(
  subjects: Subjects,
  { from, factor, secondsEach }: LifePlan,
  tell: (line: string) => void,
): Promise<Map<Subject['role'], Step[]>> {
  const steps = new Map<Subject['role'], Step[]>(subjects.map(({ role }) => [role, []]));
  for (let index = 0; index < MOST_STEPS; index += 1)
    for (const subject of subjects) {
      const taken = steps.get(subject.role) ?? [];
      if (isBeyond(taken)) continue;
      const rate = from[subject.role] * factor ** index;
      const { outcome, figures } = await measure(subject, orders(subject, rate, secondsEach));
      const sustained = isSustained(outcome);
      taken.push({ ...stepOf(rate, figures), sustained });
      tell(describe(subject.label, taken.at(-1) as Step));
    }
  return steps;
}

/** One bad moment does not end the search: two in a row do. */
const isBeyond = (steps: readonly Step[]) =>
  steps.length >= 2 && steps.slice(-2).every(({ sustained }) => !sustained);

const orders = (subject: Subject, rate: number, seconds: number) => ({
  url: subject.url('app'),
  request: orderAt(subject),
  pace: { rate },
  seconds,
  warmUpSeconds: WARM_UP_S,
  view: subject.whole,
});

/**
 * A rate is sustained when all but one of a thousand orders were taken, and half of the last quarter to come into the view
 * took no longer than a second: what falls behind does so by the second, and one pause of the machine is no falling behind.
 */
export function isSustained({ good, others, inView }: Pick<Outcome, 'good' | 'others' | 'inView'>): boolean {
  if (!inView || inView.lost > 0 || inView.ms.length === 0) return false;
  const lastQuarter = inView.ms.slice(Math.floor(0.75 * inView.ms.length));
  return refusedOf(others) <= REFUSED_AT_MOST * good && spreadOf(lastQuarter).p50 <= BEHIND_AT_MOST_MS;
}

const stepOf = (rate: number, { answered, view }: Figures) => ({
  rate,
  answeredP99: answered.p99,
  inViewP50: view?.took.p50 ?? 0,
  inViewP99: view?.took.p99 ?? 0,
});

const describe = (name: string, { rate, sustained, inViewP50, inViewP99 }: Step) =>
  `  ${name.padEnd(12)} ${rate.toFixed(0).padStart(5)}/s ${sustained ? 'kept up' : 'fell behind'}, in the view p50 ${inViewP50.toFixed(0)} ms p99 ${inViewP99.toFixed(0)} ms`;
