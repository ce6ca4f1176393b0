import type { UnitState } from '../supervisor/unit.ts';

/** Where the supervisor listens for commands; written to run/supervisor.json. */
export interface ControlAddress {
  readonly pid: number;
  readonly port: number;
  readonly token: string;
}

export interface UnitStatus {
  readonly name: string;
  readonly state: UnitState | 'not ready';
  readonly port: number;
  readonly pid?: number | undefined;
  /** How often the supervisor started it again after a crash. */
  readonly restarts: number;
  readonly uptimeSeconds?: number | undefined;
  readonly memoryMb?: number | undefined;
  readonly lastFailure?: string | undefined;
}

export interface SystemStatus {
  readonly up: boolean;
  readonly home: string;
  readonly portOffset: number;
  /** All processes together, the servers and the supervisor included. */
  readonly memoryMb: number;
  readonly services: readonly UnitStatus[];
  /** The databases and the broker that the system has of its own. */
  readonly servers: readonly UnitStatus[];
  readonly supervisor?: { readonly pid: number; readonly memoryMb: number } | undefined;
}

/** What came of a command, in a sentence for the person who gave it. */
export interface Outcome {
  readonly ok: boolean;
  readonly message: string;
}
