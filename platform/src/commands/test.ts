import path from 'node:path';
import { runInForeground } from '../supervisor/foreground-child.ts';
import { type Run, readArguments } from './command.ts';

const OPTIONS = {
  quick: { type: 'boolean' },
  list: { type: 'boolean' },
  'remember-durations': { type: 'boolean' },
} as const;

/** Runs the tests of every room: units, contracts, components and the whole system on real processes. */
export const run: Run = async (args, { system }) => {
  readArguments(args, OPTIONS, { atMost: Number.POSITIVE_INFINITY });
  const script = path.join(system.root, 'checks', 'run-tests.ts');
  return runInForeground([script, ...args], { cwd: system.root });
};
