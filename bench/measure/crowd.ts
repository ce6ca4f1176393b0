import type { Load } from '../load/load.ts';
import type { Subject } from '../subjects/subject.ts';
import type { Figures, Pair } from './figures.ts';

export const CLIENTS = 100;
const WARM_UP_S = 2;
const LIFE_FROM = 0.6;

/** What a subject is asked when it is asked for an order. */
export const orderAt = ({ orderRoute }: Subject) =>
  ({ kind: 'order', ...(orderRoute && { route: orderRoute }) }) as const;

/** A hundred clients who each wait for their answer. */
export const crowd = (subject: Subject, process: 'app' | 'gateway', seconds: number): Load => ({
  url: subject.url(process),
  request: orderAt(subject),
  pace: { clients: CLIENTS },
  seconds,
  warmUpSeconds: WARM_UP_S,
  view: subject.whole,
});

/** Below what the crowd came to in the view: that is near the limit, or beyond it. */
export const lifeFrom = ({ measured, beside }: Pair<Figures>): Pair<number> => ({
  measured: Math.max(1, LIFE_FROM * (measured.view?.perSecond ?? 0)),
  beside: Math.max(1, LIFE_FROM * (beside.view?.perSecond ?? 0)),
});
