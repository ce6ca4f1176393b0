import type { EventBus } from '../src/index.ts';

/** A log, empty. */
export interface BusUnderTest {
  /** A bus on it, as another process would open one. */
  open(): EventBus;
  /** Makes a bus die as a process that is killed: it says no goodbye, and nothing it does reaches the log any more. */
  crash(bus: EventBus): Promise<void>;
  /** Closes all buses. */
  close(): Promise<void>;
}

export interface ContractPatience {
  /** How long to wait for what has to happen. Default 5 s. */
  readonly timeoutMs: number;
  /** How long to look that something does not happen. Default 150 ms. */
  readonly quietMs: number;
}

export type Subject = () => BusUnderTest & ContractPatience;
