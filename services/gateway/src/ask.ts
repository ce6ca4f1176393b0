import type { Dispatcher } from 'undici';
import { request } from 'undici';
import type { Upstream } from './service.ts';

/** A GET to a service that the gateway makes for itself. Rejects if no JSON came in time. */
export async function ask(
  dispatcher: Dispatcher,
  { url }: Upstream,
  path: string,
  timeoutMs: number,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { statusCode, body } = await request(new URL(path, url), { dispatcher, signal });
  return { status: statusCode, body: (await body.json()) as Record<string, unknown> };
}
