import type { Violation } from '../check/evidence.ts';

/** One fault as it was injected. */
export interface InjectedFault {
  readonly kind: string;
  readonly name: string;
  /** From the first harm until everything ran again. */
  readonly lastedMs: number;
  /** From then until every order begun before had come to its end; undefined if that took too long. */
  readonly convergedMs: number | undefined;
}

/** What came of a run; the file that `--report` writes. */
export interface RunReport {
  readonly seed: number;
  readonly startedAt: string;
  readonly minutes: number;
  readonly rate: number;
  /** Orders sent, formed, and taken back. */
  readonly customers: number;
  readonly orders: number;
  readonly cancelled: number;
  /** How often each status was answered; 0 is no answer. */
  readonly answers: Readonly<Record<string, number>>;
  readonly faults: readonly InjectedFault[];
  /** Faults that were planned and could not be injected, with the reason. */
  readonly notInjected: readonly string[];
  readonly violations: readonly Violation[];
  /** Parcels that left after their money had gone back; the shop has asked for them. */
  readonly leftAfterRefund: number;
  /** From the end of the load, the last fault long healed, until everything was at rest. */
  readonly restMs: number | undefined;
}
