import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '@phone82/runtime';
import type { Metrics } from '@phone82/telemetry';
import { answer, answerJson } from './answer.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void>;

export interface ServerOptions {
  readonly metrics: Metrics;
  readonly log: Log;
  /** Rejects while the issuer can't work. */
  isReady(): Promise<void>;
  readonly local: Handler;
  /** The sign-in page and the provider, below every other path. */
  readonly provider: Handler;
}

const REQUEST_TIMEOUT_MS = 15_000;
const MAX_CONNECTIONS = 512;

/** The issuer over HTTP: its health, its metrics, the commands' routes, and the provider. */
export function createIssuerServer(options: ServerOptions): Server {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    handle(options, request, response).catch((err: unknown) => {
      options.log.error({ err }, 'a request failed');
      if (!response.headersSent) answer(response, 500, 'internal error');
      else response.destroy();
    });
  });
  server.maxConnections = MAX_CONNECTIONS;
  return server;
}

async function handle(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = request.url?.split('?')[0] ?? '/';
  secure(response);
  // A page that resolves its own name to this machine sends its own host (DNS rebinding).
  if (!isLocalHost(request.headers.host)) return answer(response, 421, 'unknown host');
  if (path === '/livez') return answerJson(response, 200, { status: 'up' });
  if (path === '/readyz') return ready(options, response);
  if (path === '/metrics')
    return answer(response, 200, await options.metrics.render(), {
      'content-type': options.metrics.contentType,
    });
  return (path.startsWith('/local/') ? options.local : options.provider)(request, response, path);
}

async function ready({ isReady }: ServerOptions, response: ServerResponse): Promise<void> {
  const failed = await isReady().then(
    () => false,
    () => true,
  );
  answerJson(response, failed ? 503 : 200, { status: failed ? 'down' : 'up' });
}

const isLocalHost = (host: string | undefined) =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host ?? '');

/** For the answers of the provider too. Its form that posts itself adds the hash of its script to `script-src`. */
function secure(response: ServerResponse): void {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'same-origin');
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; script-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  );
}
