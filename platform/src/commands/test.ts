import path from 'node:path';
import { runInForeground } from '../supervisor/foreground-child.ts';
import { type Run, readArguments } from './command.ts';

/** Runs the tests of every room: units, contracts, components and the whole system on real processes. */
export const run: Run = async (args, { system }) => {
  const { positionals } = readArguments(args, {}, { atMost: Number.POSITIVE_INFINITY });
  const script = path.join(system.root, 'checks', 'run-tests.ts');
  return runInForeground([script, ...positionals], { cwd: system.root });
};
