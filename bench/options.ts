import { parseArgs } from 'node:util';
import type { LifePlan } from './measure/life.ts';

const PARTS = ['intake', 'gateway', 'life', 'cancels', 'looks'] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly parts: ReadonlySet<Part>;
  /** How often each system has its turn. */
  readonly rounds: number;
  /** Of a turn. */
  readonly seconds: number;
  /** Before anything counts. V8 leaves what is called 40 times a second, once for each batch, unoptimised for a minute. */
  readonly warmUpSeconds: number;
  readonly life: LifePlan;
  /** Orders that phone82 begins with; more than none, and it is measured beside an empty phone82. */
  readonly stored: number;
  /** How phone82 is started: with other servers than its own PostgreSQL and files, it is measured beside a phone82 with those. */
  readonly up: readonly string[];
  /** Whether the whole life is measured beside Restate's too. */
  readonly restate: boolean;
  /** Orders to cancel. */
  readonly cancels: number;
  /** Where the figures go as JSON, and the report as a page; a plot lies beside it. */
  readonly json?: string | undefined;
  readonly report?: string | undefined;
}

const MOST_STORED = 10_000_000;

const FULL = {
  rounds: 4,
  seconds: 15,
  warmUpSeconds: 60,
  cancels: 2_000,
  life: { from: { measured: 50, beside: 100 }, factor: 1.1, secondsEach: 20, relaxedSeconds: 60 },
};
const QUICK = {
  rounds: 2,
  seconds: 4,
  warmUpSeconds: 15,
  cancels: 300,
  life: { from: { measured: 50, beside: 100 }, factor: 1.2, secondsEach: 4, relaxedSeconds: 8 },
};

/** @throws Error with a sentence for what it does not know. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      stored: { type: 'string', default: '0' },
      bus: { type: 'string' },
      'store-db': { type: 'string' },
      restate: { type: 'boolean', default: false },
      json: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const { json, report, bus, 'store-db': storeDb } = values;
  const up = [...(bus ? ['--bus', bus] : []), ...(storeDb ? ['--store-db', storeDb] : [])];
  const stored = Number(values.stored);
  if (!Number.isInteger(stored) || stored < 0 || stored > MOST_STORED)
    throw new Error(`--stored ${values.stored} is not usable: give a whole number up to ${MOST_STORED}.`);
  if (stored > 0 && up.length > 0)
    throw new Error('--stored fills the embedded databases: leave --bus and --store-db out.');
  const embedded = stored === 0 && up.length === 0;
  if (values.restate && !embedded)
    throw new Error(
      '--restate is measured beside the embedded phone82: leave --stored, --bus and --store-db out.',
    );
  const restate = values.restate || (embedded && !values.quick);
  return { ...(values.quick ? QUICK : FULL), restate, parts: partsOf(values.only), stored, up, json, report };
}

function partsOf(only: string | undefined): ReadonlySet<Part> {
  if (only === undefined) return new Set(PARTS);
  const words = only.split(',');
  const unknown = words.find((word) => !PARTS.includes(word as Part));
  if (unknown !== undefined)
    throw new Error(`There is nothing to measure named "${unknown}": take ${PARTS.join(', ')}.`);
  return new Set(words as Part[]);
}
