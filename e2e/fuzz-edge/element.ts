/** What a request tries to do, so that the books can be asked whether it did. */
export type Intent =
  | { readonly kind: 'order'; readonly key: string }
  | { readonly kind: 'cancel'; readonly orderId: number }
  | { readonly kind: 'charge'; readonly orderId: number }
  | { readonly kind: 'other' };

/** One request of a connection, as the bytes that are sent. Latin-1. */
export interface Element {
  readonly intent: Intent;
  readonly method: string;
  readonly bytes: string;
  /** Its framing is wrong: where it ends, and what comes behind it, is up to whoever reads it. */
  readonly isBroken: boolean;
}

/** How a connection's bytes are sent. */
export interface Delivery {
  /** So many pieces, each a few milliseconds after the one before. */
  readonly pieces: number;
  readonly pauseMs: number;
  /** The client leaves after this share of the bytes, without waiting for an answer. */
  readonly leavesAfter: number | undefined;
}

export interface Conversation {
  readonly elements: readonly Element[];
  readonly delivery: Delivery;
}
