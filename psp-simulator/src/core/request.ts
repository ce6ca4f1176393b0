/** A request to the PSP's API, whatever brought it. */
export interface PspRequest {
  readonly method: string;
  /** With the query, from `/v1` on. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What the JSON said. */
  readonly body?: unknown;
}

export type PspReply =
  | { readonly kind: 'answered'; readonly status: number; readonly body: object }
  /** No answer comes: the connection breaks. */
  | { readonly kind: 'dropped' };

export function headerOf({ headers }: PspRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value.join(', ') : value;
}
