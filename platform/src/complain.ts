import { Fault, UsageFault } from './faults.ts';

/** Says on standard error why the command did not come to its end; returns the exit code. */
export function complain(error: unknown): number {
  if (!(error instanceof Fault)) {
    console.error(error);
    return 1;
  }
  console.error(`phone82: ${error.message}`);
  if (error instanceof UsageFault) console.error('"./phone82 --help" lists the commands.');
  return error.exitCode;
}
