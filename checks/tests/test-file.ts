import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramName } from '@phone82/local-server';
import { type Durations, secondsOf } from './durations.ts';

/** A file of tests, as its source declares it. */
export interface TestFile {
  /** From the root, with `/`. */
  readonly path: string;
  /** Starts a whole system on real processes. */
  readonly startsSystem: boolean;
  /** No other file runs at the same time. */
  readonly isAlone: boolean;
  /** Programs of the machine that it cannot do without. */
  readonly programs: readonly ProgramName[];
  /** How long it is expected to take. */
  readonly seconds: number;
}

// A declaration begins its line: one that a test plants in a string does not count.
const STARTS_SYSTEM = /^(?!import\b).*\b(?:runningSystem|newSystem|SystemUnderTest\.create)\b/m;
const RUNS_ALONE = /^runsAlone\(/m;
const NEEDS = /^needs\(([^)]*)\);/m;

const NOT_OURS = ['**/node_modules/**', '**/.phone82/**'];

/** The test files that match, in the order in which they start: the longest first, those that run alone last. */
export function findTestFiles(
  { globs, root }: { readonly globs: readonly string[]; readonly root: string },
  durations: Durations,
): readonly TestFile[] {
  return globSync([...globs], { cwd: root, exclude: NOT_OURS })
    .map((path) => described(path, readFileSync(join(root, path), 'utf8'), durations))
    .sort(byStart);
}

function described(path: string, source: string, durations: Durations): TestFile {
  const words = NEEDS.exec(source)?.[1]?.matchAll(/'([^']+)'/g) ?? [];
  return {
    path,
    startsSystem: STARTS_SYSTEM.test(source),
    isAlone: RUNS_ALONE.test(source),
    programs: [...words].map(([, name]) => name as ProgramName),
    seconds: secondsOf(path, durations),
  };
}

const byStart = (one: TestFile, other: TestFile) =>
  Number(one.isAlone) - Number(other.isAlone) ||
  other.seconds - one.seconds ||
  one.path.localeCompare(other.path);
