import path from 'node:path';
import { runInForeground } from '../supervisor/foreground-child.ts';
import type { Run } from './command.ts';

/** Measures a system of its own beside the bare floor; the options are those of bench/options.ts. */
export const run: Run = (args, { system }) =>
  runInForeground([path.join(system.root, 'bench', 'main.ts'), ...args], { cwd: process.cwd() });
