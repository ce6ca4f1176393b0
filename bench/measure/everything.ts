import { setTimeout as delay } from 'node:timers/promises';
import type { Load } from '../load/load.ts';
import { offer } from '../load/offer.ts';
import type { Options, Part } from '../options.ts';
import { usageOf } from '../processes/usage.ts';
import type { Subject } from '../subjects/subject.ts';
import { type BesideRestate, measureBesideRestate } from './beside-restate.ts';
import { CLIENTS, crowd, lifeFrom } from './crowd.ts';
import type { Figures, Memory, Pair } from './figures.ts';
import { type Life, measureLife } from './life.ts';
import { inTurns, type Subjects } from './rounds.ts';

/** All that a run has measured; parts that were not asked for are missing. */
export interface Results {
  readonly labels: Pair<string>;
  readonly ready: Pair<Subject['readySeconds']>;
  readonly atRest: Pair<Memory>;
  readonly intake?: Pair<Figures>;
  readonly gateway?: Pair<Figures>;
  readonly life?: Pair<Life>;
  readonly cancels?: Pair<Figures>;
  readonly looks?: Pair<Figures>;
  readonly restate?: BesideRestate;
}

const SETTLE_MS = 3_000;

/** Measures both systems in turns, part by part. */
export async function measureEverything(
  subjects: Subjects,
  options: Options,
  tell: (line: string) => void,
  startRestate: () => Promise<Subject>,
): Promise<Results> {
  const { parts, rounds, seconds } = options;
  const bySubject = async <T>(of: (subject: Subject) => T | Promise<T>): Promise<Pair<T>> => {
    const found = await Promise.all(subjects.map(async (one) => [one.role, await of(one)] as const));
    return Object.fromEntries(found) as unknown as Pair<T>;
  };
  const part = async <T>(name: Part, what: string, work: () => Promise<T>) => {
    if (!parts.has(name)) return undefined;
    tell(what);
    return work();
  };
  const clients = (process: 'app' | 'gateway') =>
    inTurns(subjects, rounds, (subject) => crowd(subject, process, seconds));

  await delay(SETTLE_MS);
  const labels = await bySubject(({ label }) => label);
  const ready = await bySubject(({ readySeconds }) => readySeconds);
  const atRest = await bySubject(({ pids }) => usageOf(pids));
  tell('warming up');
  const ids = await warmUp(subjects, options.warmUpSeconds);
  const intake = await part('intake', `${CLIENTS} clients order directly at app`, () => clients('app'));
  const gateway = await part('gateway', `${CLIENTS} clients order through the gateway`, () =>
    clients('gateway'),
  );
  const life = await part('life', 'orders at rising rates, seen in the view', () =>
    measureLife(subjects, { ...options.life, from: intake ? lifeFrom(intake) : options.life.from }, tell),
  );
  const cancels = await part('cancels', 'cancels, seen in the view', () =>
    cancelInTurns(subjects, ids, options),
  );
  const looks = await part('looks', `${CLIENTS} clients look at orders in the view`, () =>
    inTurns(subjects, rounds, (subject) => looksAt(subject, ids, seconds)),
  );
  // Last, so that no other figure is taken while its server runs.
  const restate =
    options.restate && parts.has('life')
      ? await measureBesideRestate(subjects[0] as Subject, await startRestate(), options, tell)
      : undefined;
  return { labels, ready, atRest, intake, gateway, life, cancels, looks, restate };
}

type Ids = ReadonlyMap<Subject['role'], readonly number[]>;

/** Compiled code and filled pools before anything counts; the orders are cancelled and looked at later. */
async function warmUp(subjects: Subjects, seconds: number): Promise<Ids> {
  const ids = new Map<Subject['role'], readonly number[]>();
  for (const subject of subjects) ids.set(subject.role, (await offer(crowd(subject, 'app', seconds))).ids);
  return ids;
}

function cancelInTurns(subjects: Subjects, ids: Ids, { cancels }: Options): Promise<Pair<Figures>> {
  return inTurns(subjects, 1, (subject) => ({
    url: subject.url('app'),
    request: { kind: 'cancel', ids: (ids.get(subject.role) ?? []).slice(0, cancels) },
    pace: { clients: CLIENTS / 2 },
    seconds: 120,
    view: subject.undone,
  }));
}

const looksAt = (subject: Subject, ids: Ids, seconds: number): Load => ({
  url: subject.url('customer'),
  request: { kind: 'look', ids: ids.get(subject.role) ?? [] },
  pace: { clients: CLIENTS },
  seconds: Math.ceil(seconds / 2),
  warmUpSeconds: 1,
});
