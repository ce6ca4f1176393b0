import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Run } from './command.ts';

/** Measures a system of its own beside the bare floor; the options are those of bench/options.ts. */
export const run: Run = async (args, { system }) => {
  const script = path.join(system.root, 'bench', 'main.ts');
  const bench = spawn(process.execPath, [script, ...args], { cwd: process.cwd(), stdio: 'inherit' });
  // Ctrl-C reaches both: the bench stops what it started, and this process waits for it.
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    bench.on('error', reject);
    bench.on('exit', (code) => resolve(code ?? 1));
  });
};
