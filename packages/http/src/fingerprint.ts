import { createHash } from 'node:crypto';

/** What a request asks for, as a hash: the same for the same method, address, principal and body, whatever the order of its fields. */
export function fingerprint(request: {
  readonly method: string;
  readonly url: string;
  readonly principal: string;
  readonly body: unknown;
}): string {
  const { method, url, principal, body } = request;
  return createHash('sha256')
    .update(JSON.stringify([method, url, principal, inOrder(body)]))
    .digest('hex');
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}
