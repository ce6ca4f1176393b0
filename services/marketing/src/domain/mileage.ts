/**
 * `Absent`: nothing was granted yet. `Due`: to be granted once the backlog is read, which no reader sees. `Cancelled` may come without a grant: the tombstone that a late grant meets.
 */
export type MileageState = 'Absent' | 'Due' | 'Granted' | 'Cancelled';

export interface MileageEntry {
  /** Signed points. */
  readonly amount: number;
  readonly reason: string;
  readonly at: number;
}

/** The mileage of one order, as a ledger. */
export interface Mileage {
  readonly id: number;
  readonly version: number;
  readonly customerId: string;
  readonly state: MileageState;
  /** Why the point is what it is. */
  readonly process: string;
  /** Append-only; the point is their sum. */
  readonly entries: readonly MileageEntry[];
  /** Since when a grant is due; null where none is. */
  readonly dueAt: number | null;
  /** The message that it goes back to, for a grant that a job makes. */
  readonly cause: string | null;
}

export const pointOf = (mileage: Mileage): number =>
  mileage.entries.reduce((sum, entry) => sum + entry.amount, 0);

export const noMileage = (orderId: number, customerId: string): Mileage => ({
  id: orderId,
  version: 0,
  customerId,
  state: 'Absent',
  process: '',
  entries: [],
  dueAt: null,
  cause: null,
});
