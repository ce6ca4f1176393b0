import Type, { type Static } from 'typebox';

/** A batch of requests, and of their answers, is one JSON value a line (NDJSON). */
export const BATCH_MEDIA_TYPE = 'application/x-ndjson';

/** Requests of one batch at most. */
export const MOST_IN_BATCH = 128;

/** One request of a batch: what would be its body, and those of its headers that say whose work it is and how long it is waited for. */
export const BatchedRequest = Type.Object(
  { headers: Type.Optional(Type.Record(Type.String(), Type.String())), body: Type.Unknown() },
  { additionalProperties: false, title: 'BatchedRequest' },
);
export type BatchedRequest = Static<typeof BatchedRequest>;

/** The answer to one request of a batch. Each comes as soon as it is there, so they come in any order. */
export interface BatchedAnswer {
  /** Which line of the batch it answers; the first is 0. */
  readonly line: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}
