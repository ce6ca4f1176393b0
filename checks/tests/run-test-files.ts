import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { run } from 'node:test';
import { type Tally, tallyFile } from './tally.ts';
import type { TestEvent } from './test-events.ts';

/** Everything that needs no running system; the end-to-end tests are asked for by their own pattern. */
export const EVERY_ROOM =
  '{contracts,packages,services,platform,checks,bench,chaos,simulation,deploy}/**/*.test.ts';

/** What runs the whole system on real processes. */
export const END_TO_END = 'e2e/**/*.test.ts';

export interface TestRunOptions {
  /** Test files, as glob patterns below `root`. */
  readonly globs: readonly string[];
  readonly root: string;
  /** Files that run at the same time, each in a process of its own. Default 2. */
  readonly concurrency?: number;
  /** A file that has not ended after this long is stopped and has failed. Default ten minutes. */
  readonly fileTimeoutMs?: number;
  /** How often the files that are running are named. Default 20 s. */
  readonly nameRunningEveryMs?: number;
  /** Takes the lines that say how far the run is. Default: the console. */
  readonly print?: (line: string) => void;
}

/** Runs test files with node:test, prints how it goes and `N passed, N failed` at the end. A run without tests has failed. */
export async function runTestFiles(options: TestRunOptions): Promise<Tally> {
  const { root, globs, concurrency = 2, nameRunningEveryMs = 20_000, print = console.log } = options;
  const files = globSync([...globs], { cwd: root, exclude: ['**/node_modules/**'] }).sort();
  if (files.length > 0) print(`${files.length} test files, ${concurrency} at a time`);
  else print('✗ no test file is there: nothing is proved');
  const running = new Map<string, number>();
  const naming = setInterval(() => print(namesOf(running)), nameRunningEveryMs);
  const tallies: Tally[] = files.length > 0 ? [] : [{ passed: 0, failed: 1 }];
  const waiting = files.values();
  const work = async () => {
    for (const file of waiting) {
      running.set(file, performance.now());
      tallies.push(await tallyFile(file, eventsOf(file, options), print));
      running.delete(file);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work)).finally(() => clearInterval(naming));
  const [passed, failed] = (['passed', 'failed'] as const).map((key) => sum(tallies, key)) as [
    number,
    number,
  ];
  print(`${passed} passed, ${failed} failed`);
  return { passed, failed };
}

/** One run per file: node:test's own time-out fails a test, but then waits for ever for a process that stays open. */
async function* eventsOf(
  file: string,
  { root, fileTimeoutMs = 600_000 }: TestRunOptions,
): AsyncGenerator<TestEvent> {
  const impatience = new AbortController();
  const timer = setTimeout(() => impatience.abort(), fileTimeoutMs);
  try {
    yield* run({ files: [resolve(root, file)], cwd: root, signal: impatience.signal });
  } finally {
    clearTimeout(timer);
  }
}

const sum = (tallies: readonly Tally[], key: keyof Tally) =>
  tallies.reduce((total, tally) => total + tally[key], 0);

function namesOf(running: ReadonlyMap<string, number>): string {
  const names = [...running].map(
    ([file, began]) => `${file} (${Math.round((performance.now() - began) / 1000)} s)`,
  );
  return `… running: ${names.join(', ')}`;
}
