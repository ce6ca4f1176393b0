/** Requests of one kind that are sent to a system. */
export interface Load {
  /** The process that gets them. */
  readonly url: string;
  readonly request: Request;
  /** A number of clients who each wait for their answer, or so many requests a second whatever becomes of them. */
  readonly pace: { readonly clients: number } | { readonly rate: number };
  readonly seconds: number;
  /** What is begun in the first seconds is not counted. Default 0. */
  readonly warmUpSeconds?: number;
  /** Where to look for when each order is whole; not looked for otherwise. */
  readonly view?: View;
}

export type Request =
  | { readonly kind: 'order'; readonly route?: OrderRoute }
  /** Each id once; the load ends with them. */
  | { readonly kind: 'cancel'; readonly ids: readonly number[] }
  /** Ids in turn, again and again. */
  | { readonly kind: 'look'; readonly ids: readonly number[] };

/** Where orders are sent and how a taken one is answered. Default `/orders` and 201. */
export interface OrderRoute {
  /** `{number}` stands for a number that no other order has. */
  readonly path: string;
  readonly status: number;
}

/** Where it is seen that an order is whole; `answer`: the system answers when it is. */
export type View = ViewTable | 'answer';

/** The customer's view, read beside the system and at the same cost for each. */
export interface ViewTable {
  readonly database: string;
  /** Of the ids that are $1, those which are as they should be. */
  readonly query: string;
}

export interface Outcome {
  /** How long requests were begun and counted. */
  readonly seconds: number;
  /** Answers with the status that was hoped for. */
  readonly good: number;
  /** Other answers by status, or what went wrong. */
  readonly others: Readonly<Record<string, number>>;
  /** Milliseconds from when each request was due until its answer. */
  readonly answeredMs: readonly number[];
  /** Of all requests that were answered well, the warm-up's too. */
  readonly ids: readonly number[];
  /** How late the sender itself was at most: more than a little, and it measured itself. */
  readonly senderLateMs: number;
  readonly inView?: InView;
}

export interface InView {
  /** Milliseconds from when each request was due until the view showed what came of it. */
  readonly ms: readonly number[];
  /** Never seen there. */
  readonly lost: number;
  /** From the first request until the view showed all. */
  readonly allSeconds: number;
}
