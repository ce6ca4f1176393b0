/** Orders that are sent at a steady rate, however the earlier ones fare. */
export interface Load {
  /** Orders go to its `/orders`. */
  readonly url: string;
  /** Sent a second. */
  readonly rate: number;
  readonly seconds: number;
  /** What is answered in the first seconds is not counted. */
  readonly warmUpSeconds: number;
}

/** What came of the orders that were due after the warm-up. */
export interface Outcome {
  readonly sent: number;
  /** Milliseconds from when each order was due until it was answered 201. */
  readonly createdMs: readonly number[];
  /** The same for those refused with 503. */
  readonly refusedMs: readonly number[];
  /** Those refused with 503 that were not told when to come back. */
  readonly refusedWithoutPause: number;
  /** By status, or what went wrong. */
  readonly others: Readonly<Record<string, number>>;
  /** How late the sender itself was with an order at most: more than a little, and it measured itself. */
  readonly senderLateMs: number;
}
