import { renameSync } from 'node:fs';
import { join } from 'node:path';

/** The moments at which a process can be made to die, to prove that nothing is lost or done twice then. */
export const failpoints = [
  'relay-before-publish',
  'relay-after-publish',
  'consumer-before-offset',
  'http-before-reply',
  'pay-after-charge',
  'pay-after-refund',
  'psp-after-accept',
] as const;

export type Failpoint = (typeof failpoints)[number];

/** Production does not set it: then nothing is looked for, ever. */
const folder = process.env.PHONE82_FAILPOINTS || undefined;

/**
 * Kills this process (SIGKILL) if a file of the failpoint's name lies in the folder that `PHONE82_FAILPOINTS` names.
 * The file is first renamed to `NAME.PID`, which succeeds for one process only: an armed failpoint strikes once, and
 * says whom. Without the variable it does nothing.
 */
export function failpoint(name: Failpoint): void {
  if (folder === undefined) return;
  try {
    renameSync(join(folder, name), join(folder, `${name}.${process.pid}`));
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
}
