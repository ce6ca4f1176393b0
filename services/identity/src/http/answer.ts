import type { IncomingMessage, ServerResponse } from 'node:http';

type Headers = Readonly<Record<string, string>>;

export function answer(response: ServerResponse, status: number, body: string, headers: Headers = {}): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(body);
}

export const answerJson = (response: ServerResponse, status: number, body: object) =>
  answer(response, status, JSON.stringify(body), {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });

const BODY_LIMIT_BYTES = 4 * 1024;

/** The whole body; undefined if it is longer than 4 KiB. */
export async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Without it, leaving the loop would destroy the connection, and the answer with it.
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
