import type { WireRecord } from '@phone82/contracts';
import type { Aggregate, SavedAnswer } from '@phone82/persistence';
import { createMemoryStore, type MemoryStore } from '@phone82/testkit';
import type { SimulatedServer } from '../network/calls.ts';

export interface KeptKey {
  readonly fingerprint: string;
  lockedUntil: number;
  answer: SavedAnswer | undefined;
}

export interface KeptLease {
  owner: string;
  token: number;
  expiresAt: number;
}

/** A record as one commit left it, and the messages that the commit marked as handled. */
export interface SavedVersion<A extends Aggregate> {
  readonly id: number;
  readonly version: number;
  readonly state: A;
  readonly messages: readonly string[];
}

/** What a service's database holds: it outlives every crash. With it, for the checks, what was ever committed. */
export interface SimulatedDatabase<A extends Aggregate> {
  readonly server: SimulatedServer;
  readonly store: MemoryStore<A>;
  readonly keys: Map<string, KeptKey>;
  readonly leases: Map<string, KeptLease>;
  /** The last number that the sequence of its records gave. */
  readonly sequence: { last: number };
  /** Every event that was ever committed, by its message id. */
  readonly committed: Map<string, WireRecord>;
  /** Every version of a record that was ever committed, in order. */
  readonly versions: SavedVersion<A>[];
  /** Orders that messages changed while an earlier message of theirs was a dead letter. */
  readonly overtaken: number[];
  /** The order whose changes by messages are refused, until then on the servers' clock. */
  readonly refusal: { orderId: number; until: number };
}

export function createSimulatedDatabase<A extends Aggregate>(
  name: string,
  { isEmbedded }: { readonly isEmbedded: boolean },
): SimulatedDatabase<A> {
  return {
    server: {
      name,
      isEmbedded,
      downUntil: 0,
      unreachable: 'database unreachable',
      downForAWhile: 'database down for a while',
      failure: isEmbedded ? diskFailure : connectionLost,
    },
    store: createMemoryStore<A>(),
    keys: new Map(),
    leases: new Map(),
    sequence: { last: 0 },
    committed: new Map(),
    versions: [],
    overtaken: [],
    refusal: { orderId: 0, until: 0 },
  };
}

/** As pg words it when the server goes away. */
const connectionLost = () => new Error('Connection terminated unexpectedly');
/** As node:sqlite words a failed write: SQLITE_IOERR. */
const diskFailure = () =>
  Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 });
