import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Mutation, staleness } from './mutation.ts';

/** `found`: at which seed, by which invariant. `missed`: no seed of so many found it. `stale`: it can't be planted any more. */
export type HuntOutcome =
  | { readonly kind: 'found'; readonly seed: number; readonly violation: string }
  | { readonly kind: 'missed' }
  | { readonly kind: 'stale'; readonly reason: string };

export interface HuntOptions {
  readonly mostSeeds: number;
  readonly workers: number;
  /** For one bug. */
  readonly timeoutMs: number;
  onOutcome(mutation: Mutation, outcome: HuntOutcome, ms: number): void;
}

const hunter = fileURLToPath(new URL('./hunt.ts', import.meta.url));

/** Hunts each bug in a process of its own, so many at once. */
export async function huntAll(
  mutations: readonly Mutation[],
  options: HuntOptions,
): Promise<readonly HuntOutcome[]> {
  const waiting = mutations.values();
  const outcomes: HuntOutcome[] = [];
  const work = async () => {
    for (const mutation of waiting) {
      const began = performance.now();
      const outcome = await hunt(mutation, options);
      outcomes.push(outcome);
      options.onOutcome(mutation, outcome, performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return outcomes;
}

/** Hunts one bug. */
export async function hunt(
  mutation: Mutation,
  { mostSeeds, timeoutMs }: Pick<HuntOptions, 'mostSeeds' | 'timeoutMs'>,
): Promise<HuntOutcome> {
  const reason = staleness(mutation);
  if (reason) return { kind: 'stale', reason };
  return new Promise((resolve) => {
    const values = [hunter, mutation.name, String(mostSeeds)];
    execFile(
      process.execPath,
      values,
      { timeout: timeoutMs, killSignal: 'SIGKILL' },
      (error, output, errors) => {
        if (error?.killed) return resolve({ kind: 'missed' });
        if (error) return resolve({ kind: 'stale', reason: lastLines(errors) });
        const { seed, violation } = JSON.parse(output) as { seed: number | null; violation: string };
        resolve(seed === null ? { kind: 'missed' } : { kind: 'found', seed, violation });
      },
    );
  });
}

/** A bug that the process itself refuses to start with proves nothing about the simulation. */
const lastLines = (errors: string) => `it does not start: ${errors.trim().split('\n').slice(0, 8).join(' ')}`;
