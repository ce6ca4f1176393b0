import { type Chance, chanceFrom } from '../seeded-chance.ts';

/** What one customer sets out to do, drawn before the first request. */
export interface Intent {
  readonly via: 'gateway' | 'app';
  readonly item: string;
  readonly qty: number;
  /** Repeats a request that got no answer, under the same key, as a well-behaved client does. */
  readonly isPatient: boolean;
  /** Sends the order twice at once, under the same key. */
  readonly isDoubled: boolean;
  /** How often the order is taken back: once, twice at once, or not at all. */
  readonly cancels: 0 | 1 | 2;
  /** From the answer to the order until it is taken back. */
  readonly cancelAfterMs: number;
}

/** One customer's order, as that customer saw it. */
export interface Journey {
  readonly index: number;
  readonly intent: Intent;
  /** When the present wish, to order or to take back, was first sent. */
  wishedAt: number;
  /** Every order number it was ever told. */
  readonly ids: Set<number>;
  /** The numbers that were called a formed order: by a 201, or by the order itself after a 202. */
  readonly formed: Set<number>;
  /** Statuses of all answers; 0 is no answer. */
  readonly answers: number[];
  /** Whether it asked to take the order back, and was told yes. */
  cancel: 'none' | 'unanswered' | 'accepted';
  /** Whether a request of it is unanswered, or about to be sent again. */
  isAsking: boolean;
  hasEnded: boolean;
}

const ITEMS = ['LG10', 'test88', 'galaxy23', 'abc123'];
const CANCEL_WITHIN_MS = 3_000;

/** The journey of that number, the same for the same seed. */
export function newJourney(index: number, seed: number, wishedAt: number): Journey {
  const chance = chanceFrom(seed * 1_000_003 + index);
  return {
    index,
    intent: intentBy(chance),
    wishedAt,
    ids: new Set(),
    formed: new Set(),
    answers: [],
    cancel: 'none',
    isAsking: true,
    hasEnded: false,
  };
}

function intentBy(chance: Chance): Intent {
  const isPatient = chance() < 0.9;
  const cancelDraw = chance();
  return {
    via: chance() < 0.7 ? 'gateway' : 'app',
    item: ITEMS[Math.floor(chance() * ITEMS.length)] as string,
    qty: 1 + Math.floor(chance() * 3),
    isPatient,
    isDoubled: isPatient && chance() < 0.05,
    cancels: cancelDraw < 0.06 ? 2 : cancelDraw < 0.3 ? 1 : 0,
    cancelAfterMs: Math.round(chance() * CANCEL_WITHIN_MS),
  };
}
