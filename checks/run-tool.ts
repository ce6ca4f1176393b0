import { join } from 'node:path';
import { type ProgramRun, runProgram } from './run-program.ts';
import { projectRoot } from './source-files.ts';

/** Runs a tool of the checkout with the Node that runs this, in a folder, and hands back what it said. */
export const runTool = (script: string, args: readonly string[], folder: string): Promise<ProgramRun> =>
  runProgram(process.execPath, [join(projectRoot, 'node_modules', script), ...args], folder);
