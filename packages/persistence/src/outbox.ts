import type { WireRecord } from '@phone82/contracts';

/** An event on its way to the bus. */
export interface OutboxEntry {
  readonly messageId: string;
  readonly orderId: number;
  readonly eventType: string;
  readonly record: WireRecord;
  readonly createdAt: number;
}

/** An event as it waits in the outbox; `seq` is the order of publication. */
export interface WaitingEvent {
  readonly seq: number;
  readonly createdAt: number;
  readonly record: WireRecord;
}

/** The right to publish a service's events, for a while. */
export interface OutboxTurn {
  /** The oldest unpublished events. */
  next(limit: number): Promise<readonly WaitingEvent[]>;
  /** Forgets published events. False if the turn was lost meanwhile: nothing is forgotten then. */
  remove(events: readonly WaitingEvent[]): Promise<boolean>;
  /** Keeps the turn for its full time again; false if it was lost. */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** What a relay needs of a service's store. */
export interface Outbox {
  /** Takes the turn, or nothing if another process has it. */
  takeTurn(owner: string, ttlMs: number): Promise<OutboxTurn | undefined>;
  /** How many events wait, counted up to 10,000, and since when the oldest does (milliseconds since 1970). */
  backlog(): Promise<OutboxBacklog>;
}

export interface OutboxBacklog {
  readonly depth: number;
  readonly oldestCreatedAt: number | undefined;
}
