import type { Outcome } from './load.ts';

/** Later than this an answer is worth nothing: the customer has gone. */
const IN_TIME_MS = 1_000;

/** Orders a second that formed in time. */
export function goodput({ createdMs }: Outcome, seconds: number): number {
  return createdMs.filter((ms) => ms <= IN_TIME_MS).length / seconds;
}

/** The value below which a share of the numbers lies; 0 of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export interface Verdict {
  /** Goodput at twice the capacity, over the capacity. */
  readonly ratio: number;
  readonly faults: readonly string[];
}

const LEAST_RATIO = 0.8;
const SENDER_LATE_MS = 250;

/** Whether a service at twice its capacity does what it promised. */
export function judge(capacity: number, overloaded: Outcome, seconds: number): Verdict {
  const ratio = capacity > 0 ? goodput(overloaded, seconds) / capacity : 0;
  const faults: string[] = [];
  if (ratio < LEAST_RATIO)
    faults.push(`goodput is ${ratio.toFixed(2)} of the peak, less than ${LEAST_RATIO}`);
  if (overloaded.refusedMs.length === 0) faults.push('nothing was refused: it was no overload');
  if (overloaded.refusedWithoutPause > 0)
    faults.push(`${overloaded.refusedWithoutPause} refusals without Retry-After`);
  const strange = Object.entries(overloaded.others).filter(([what]) => what !== '202');
  if (strange.length > 0)
    faults.push(`answers that must not be: ${JSON.stringify(Object.fromEntries(strange))}`);
  if (overloaded.senderLateMs > SENDER_LATE_MS)
    faults.push(`the sender was ${overloaded.senderLateMs.toFixed(0)} ms late: it measured itself`);
  return { ratio, faults };
}
