import type { Environment } from '@phone82/runtime';
import type { SimulatedProcess } from '../engine/simulated-process.ts';
import type { Faults } from '../faults/faults.ts';
import type { Calls, WriteFaults } from '../network/calls.ts';

/** What one incarnation of a process reaches its servers with. */
export interface Connection {
  readonly calls: Calls;
  readonly faults: Faults;
  readonly process: SimulatedProcess;
  readonly environment: Environment;
  /** The servers' clock: it never jumps. */
  serverNow(): number;
}

export const commitFaults: WriteFaults = {
  notApplied: 'commit fails without a word',
  answerLost: 'commit applied, answer lost',
  appliedLate: 'commit applied after its connection was lost',
};
