import { spawn } from 'node:child_process';
import path from 'node:path';
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
  const tests = spawn(process.execPath, [script, ...args], { cwd: system.root, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    tests.on('error', reject);
    tests.on('exit', (code) => resolve(code ?? 1));
  });
};
