import { describe } from 'node:test';
import { installCommand, missingPrograms, type ProgramName } from '@phone82/local-server';

/**
 * Says that a test file needs programs of the machine. The test runner reads the call in the source, so it stands on a line of its own, and
 * does not start the file where one is missing.
 * @throws Error that names the command to install them, where the file is run without the runner.
 */
export function needs(...programs: readonly ProgramName[]): void {
  const missing = missingPrograms(programs);
  if (missing.length === 0) return;
  throw new Error(`this test file needs ${missing.join(' and ')}: ${installCommand(missing)}`);
}

/**
 * Says that a test file measures time, or loads the machine so that others would fail: the runner reads the call in the source and starts
 * no other file beside it. `reason` says which.
 */
export function runsAlone(_reason: string): void {}

/** A group of tests that needs programs of the machine; where one is missing, the runner names the group among those that did not run. */
export function describeWith(programs: readonly ProgramName[], title: string, tests: () => void): void {
  const missing = missingPrograms(programs);
  const notRun = missing.length > 0 ? `needs ${missing.join(', ')}` : false;
  const options = Object.fromEntries([['skip', notRun]]);
  describe(title, options, tests);
}
