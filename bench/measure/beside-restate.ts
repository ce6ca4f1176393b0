import { offer } from '../load/offer.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../subjects/subject.ts';
import { CLIENTS, crowd, lifeFrom } from './crowd.ts';
import type { Figures, Pair } from './figures.ts';
import { type Life, measureLife } from './life.ts';
import { inTurns } from './rounds.ts';

export interface BesideRestate {
  readonly labels: Pair<string>;
  readonly crowd: Pair<Figures>;
  readonly life: Pair<Life>;
}

/** The whole life of an order at phone82, which is warm, in turns with Restate. */
export async function measureBesideRestate(
  measured: Subject,
  restate: Subject,
  { rounds, seconds, warmUpSeconds, life }: Options,
  tell: (line: string) => void,
): Promise<BesideRestate> {
  const subjects = [measured, restate];
  tell('warming Restate up');
  await offer(crowd(restate, 'app', warmUpSeconds));
  tell(`${CLIENTS} clients order at phone82 and at Restate, until it is in the view`);
  const crowds = await inTurns(subjects, rounds, (subject) => crowd(subject, 'app', seconds));
  tell('orders at rising rates at phone82 and at Restate, seen in the view');
  return {
    labels: { measured: measured.label, beside: restate.label },
    crowd: crowds,
    life: await measureLife(subjects, { ...life, from: lifeFrom(crowds) }, tell),
  };
}
