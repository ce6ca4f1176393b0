/** What came of a call. Trouble with the remote is an outcome, never an exception. */
export type Answer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** The JSON that came; undefined if none did. */
      readonly body: unknown;
      readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    }
  /** Certain: nothing reached the other side. */
  | {
      readonly kind: 'notSent';
      readonly reason:
        | 'breakerOpen'
        | 'bulkheadFull'
        | 'unreachable'
        /** Whoever asked has stopped waiting. */
        | 'deadlinePassed'
        | 'retryBudgetSpent';
      readonly retryAfterMs: number;
    }
  /** It may have been received, and may have taken effect. */
  | { readonly kind: 'unknown'; readonly reason: 'timeout' | 'connectionLost' | 'deadlinePassed' };

export interface RemoteRequest {
  /** What the call is for; breakers and bulkheads are kept per operation. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The person for whom the call is made, where the remote is told who calls. Default: nobody but the caller itself. */
  readonly onBehalfOf?: string | undefined;
  /**
   * What the deadline of the request at hand does to the call. `cuts` (default): the call ends with it.
   * `admits`: too late to begin, it is not sent; once sent it has all of its own time. For what moves money:
   * a charge that is cut short has an outcome that nobody knows, which costs more than the late answer.
   */
  readonly deadline?: 'cuts' | 'admits';
  /**
   * Where many of these calls go as one request (NDJSON), when several are made in the same turn of the event loop; each
   * keeps its own time and its own answer. A remote that has no such place gets them one by one. Default: always one by one.
   */
  readonly batchPath?: string;
  /** It repeats a call that failed, and is sent only while the retry budget lasts. Default false. */
  readonly isRetry?: boolean;
}

/** Whether a call failed. A 4xx is a healthy remote's refusal. */
export function isFailure(answer: Answer): boolean {
  return answer.kind !== 'answered' || answer.status >= 500;
}

/** Whether our own caller ended the call: that says nothing about the remote. */
export function wasCutShort(answer: Answer): boolean {
  return answer.kind !== 'answered' && answer.reason === 'deadlinePassed';
}
