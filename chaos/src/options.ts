import { parseArgs } from 'node:util';

export interface ChaosOptions {
  /** How long faults are injected. */
  readonly minutes: number;
  /** Customers a second. */
  readonly rate: number;
  readonly seed: number;
  /** Only faults whose name holds this. */
  readonly only: string;
  /** How long a freeze or a cut-off lasts, at most. */
  readonly longestMs: number;
  /** Where the report is written, as JSON. */
  readonly report: string | undefined;
}

const SHORT_MINUTES = 3;
/** Up to this long, faults are kept short too, so that a run sees some of each kind. */
const SHORT_RUN_MINUTES = 5;

/** @throws Error for what it does not know, or cannot use. */
export function readOptions(args: readonly string[]): ChaosOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string' },
      rate: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string' },
      longest: { type: 'string' },
      report: { type: 'string' },
    },
  });
  const minutes = number('minutes', values.minutes, SHORT_MINUTES, 0.1);
  return {
    minutes,
    rate: number('rate', values.rate, 20, 0.1),
    seed: number('seed', values.seed, Math.floor(Math.random() * 1_000_000), 0),
    only: values.only ?? '',
    longestMs: 1_000 * number('longest', values.longest, minutes <= SHORT_RUN_MINUTES ? 7 : 30, 5),
    report: values.report,
  };
}

function number(name: string, text: string | undefined, otherwise: number, lowest: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (Number.isFinite(value) && value >= lowest) return value;
  throw new Error(`--${name} ${text} is not usable: give a number from ${lowest}`);
}
