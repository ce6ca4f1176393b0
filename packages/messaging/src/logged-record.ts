import type { WireRecord } from '@phone82/contracts';

/** A record as it stands in the log. */
export interface LoggedRecord extends WireRecord {
  readonly topic: string;
  readonly partition: number;
  /** Grows by at least one within a partition. */
  readonly offset: number;
  /** When the log took it, or its sender says it was made; milliseconds since 1970. Undefined where the log does not know. */
  readonly timestamp?: number | undefined;
}
