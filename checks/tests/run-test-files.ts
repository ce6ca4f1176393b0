import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { run } from 'node:test';
import type { Durations } from './durations.ts';
import { type Limits, runQueue } from './file-queue.ts';
import {
  everySuiteIsRequired,
  type LeftOut,
  leftOutLines,
  programLookup,
  requiredFault,
} from './left-out.ts';
import { type FileTally, type Tally, tallyFile } from './tally.ts';
import type { TestEvent } from './test-events.ts';
import { findTestFiles, type TestFile } from './test-file.ts';

/** Every test of the checkout. */
export const EVERY_ROOM = '**/*.test.ts';

export interface TestRunOptions {
  /** Test files, as glob patterns below `root`. */
  readonly globs: readonly string[];
  readonly root: string;
  /** Which of these run. Default: all. */
  readonly isWanted?: (file: TestFile) => boolean;
  /** Files that run at the same time, each in a process of its own. Default: one more than there are cores, and as many systems. */
  readonly limits?: Limits;
  /** What the files took before. Default: nothing is known. */
  readonly durations?: Durations;
  /** Whether a suite that lacks a program has failed. Default: as the environment says. */
  readonly isRequired?: boolean;
  /** A file that has not ended after this long is stopped and has failed. Default ten minutes. */
  readonly fileTimeoutMs?: number;
  /** How often the files that are running are named. Default 20 s. */
  readonly nameRunningEveryMs?: number;
  /** Takes the lines that say how far the run is. Default: the console. */
  readonly print?: (line: string) => void;
}

export interface TestRun extends Tally {
  readonly leftOut: readonly LeftOut[];
  /** How long each file took, in seconds. */
  readonly seconds: ReadonlyMap<string, number>;
}

const CORES = availableParallelism();
const LIMITS: Limits = { files: CORES + 1, systems: CORES };

/** Runs test files with node:test, prints how it goes and `N passed, N failed` at the end. A run without tests has failed. */
export async function runTestFiles(options: TestRunOptions): Promise<TestRun> {
  const { limits = LIMITS, nameRunningEveryMs = 20_000, print = console.log } = options;
  const files = findTestFiles(options, options.durations ?? {}).filter(options.isWanted ?? (() => true));
  const most = Math.min(files.length, limits.files);
  if (files.length > 0) print(`${files.length} test files, ${most} at a time`);
  else print('✗ no test file is there: nothing is proved');
  const running = new Map<string, number>();
  const naming = setInterval(() => print(namesOf(running)), nameRunningEveryMs);
  const tallies: RunFile[] = [];
  const missingOf = programLookup();
  await runQueue(files, limits, async (file) => {
    running.set(file.path, performance.now());
    tallies.push(await runFile(file, missingOf(file.programs), options));
    running.delete(file.path);
  }).finally(() => clearInterval(naming));
  const outcome = sumUp(tallies);
  for (const line of leftOutLines(outcome.leftOut)) print(line);
  print(`${outcome.passed} passed, ${outcome.failed} failed`);
  return outcome;
}

type RunFile = { readonly file: TestFile } & Omit<FileTally, 'notRun'> & {
    readonly leftOut: readonly LeftOut[];
  };

async function runFile(
  file: TestFile,
  missing: LeftOut['missing'],
  options: TestRunOptions,
): Promise<RunFile> {
  const { print = console.log, isRequired = everySuiteIsRequired(process.env) } = options;
  const { path } = file;
  const tally: FileTally =
    missing.length > 0
      ? { passed: 0, failed: 0, seconds: 0, notRun: [{ title: '', missing }] }
      : await tallyFile(path, eventsOf(path, options), print);
  const leftOut = tally.notRun.map(({ title, missing: programs }) => ({
    suite: title ? `${path}, "${title}"` : path,
    missing: programs,
  }));
  if (!isRequired) return { ...tally, file, leftOut };
  for (const { suite, missing: programs } of leftOut) print(`✗ ${suite}\n    ${requiredFault(programs)}`);
  return { ...tally, file, failed: tally.failed + leftOut.length, leftOut: [] };
}

function sumUp(tallies: readonly RunFile[]): TestRun {
  const sum = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  const measured = tallies.filter(({ passed }) => passed > 0);
  return {
    passed: sum('passed'),
    failed: tallies.length > 0 ? sum('failed') : 1,
    leftOut: tallies.flatMap(({ leftOut }) => leftOut),
    seconds: new Map(measured.map(({ file, seconds }) => [file.path, seconds])),
  };
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

function namesOf(running: ReadonlyMap<string, number>): string {
  const names = [...running].map(
    ([file, began]) => `${file} (${Math.round((performance.now() - began) / 1000)} s)`,
  );
  return `… running: ${names.join(', ')}`;
}
