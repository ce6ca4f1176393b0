import { installCommand, missingPrograms, type ProgramName } from '@phone82/local-server';

/** Tests that did not run because this machine lacks programs. */
export interface LeftOut {
  /** A test file, or a group in it. */
  readonly suite: string;
  readonly missing: readonly ProgramName[];
}

/** In CI every suite is required: one that lacks a program has failed. PHONE82_CLIENTS=required says the same elsewhere. */
export function everySuiteIsRequired({ CI = '', PHONE82_CLIENTS }: NodeJS.ProcessEnv): boolean {
  return PHONE82_CLIENTS === 'required' || !['', '0', 'false'].includes(CI);
}

/** Looks each set of programs up once. */
export function programLookup(): (names: readonly ProgramName[]) => readonly ProgramName[] {
  const found = new Map<string, readonly ProgramName[]>();
  return (names) => {
    const key = names.join();
    const missing = found.get(key) ?? missingPrograms(names);
    found.set(key, missing);
    return missing;
  };
}

/** The programs that a group of the testkit's `describeWith` lacks, by the reason that it gives for not running. */
export function missingBy(skip: string | boolean | undefined): readonly ProgramName[] {
  const names = typeof skip === 'string' ? /^needs ([\w, ]+)$/.exec(skip)?.[1] : undefined;
  return names === undefined ? [] : (names.split(', ') as ProgramName[]);
}

/** The closing lines: each suite that did not run, and the one command after which all of them do. */
export function leftOutLines(leftOut: readonly LeftOut[]): readonly string[] {
  if (leftOut.length === 0) return [];
  const missing = [...new Set(leftOut.flatMap((suite) => suite.missing))].sort();
  return [
    `${leftOut.length} ${leftOut.length === 1 ? 'suite' : 'suites'} did not run: this machine lacks ${missing.join(', ')}`,
    ...leftOut.map(({ suite, missing: programs }) => `  - ${suite}: needs ${programs.join(', ')}`).sort(),
    `to run them too: ${installCommand(missing) ?? `install ${missing.join(', ')}`}`,
  ];
}

/** What a missing program is told as where every suite is required. */
export const requiredFault = (missing: readonly ProgramName[]) =>
  `needs ${missing.join(', ')}: ${installCommand(missing) ?? 'install it'}`;
