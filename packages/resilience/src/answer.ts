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
      readonly reason: 'breakerOpen' | 'bulkheadFull' | 'unreachable';
      readonly retryAfterMs: number;
    }
  /** It may have been received, and may have taken effect. */
  | { readonly kind: 'unknown'; readonly reason: 'timeout' | 'connectionLost' };

export interface RemoteRequest {
  /** What the call is for; breakers and bulkheads are kept per operation. */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Whether an answer speaks against the remote's health. A 4xx is a healthy remote's refusal. */
export function isFailure(answer: Answer): boolean {
  return answer.kind !== 'answered' || answer.status >= 500;
}
