import type { Outcome } from '../load/load.ts';
import type { Subject } from '../subjects/subject.ts';
import { orderAt } from './crowd.ts';
import type { Figures, Pair } from './figures.ts';
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
const BEHIND_AT_MOST_S = 1;
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
      const sustained = isSustained(outcome, WARM_UP_S + secondsEach);
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

/** A rate is sustained when every order was taken, and the view showed all of them within a second of the last one's turn. */
export function isSustained(
  { others, inView }: Pick<Outcome, 'others' | 'inView'>,
  offeredSeconds: number,
): boolean {
  if (!inView || inView.lost > 0 || Object.keys(others).length > 0) return false;
  return inView.allSeconds - offeredSeconds <= BEHIND_AT_MOST_S;
}

const stepOf = (rate: number, { answered, view }: Figures) => ({
  rate,
  answeredP99: answered.p99,
  inViewP50: view?.took.p50 ?? 0,
  inViewP99: view?.took.p99 ?? 0,
});

const describe = (name: string, { rate, sustained, inViewP50, inViewP99 }: Step) =>
  `  ${name.padEnd(12)} ${rate.toFixed(0).padStart(5)}/s ${sustained ? 'kept up' : 'fell behind'}, in the view p50 ${inViewP50.toFixed(0)} ms p99 ${inViewP99.toFixed(0)} ms`;
