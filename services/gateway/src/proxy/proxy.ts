import rateLimit from '@fastify/rate-limit';
import replyFrom from '@fastify/reply-from';
import type { HttpServer } from '@phone82/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Dispatcher } from 'undici';
import type { GatewayConfig } from '../config.ts';
import type { Upstream } from '../service.ts';
import type { Sessions } from '../session/open-sessions.ts';
import type { StreamWatch } from '../session/stream-watch.ts';
import { limitedBody } from './body-limit.ts';
import { requestHeaders, responseHeaders } from './headers.ts';
import { upstreamProblem } from './upstream-problem.ts';

const EVENT_STREAM = /\/events\/?(\?|$)/;
const NO_TIMEOUT = 0;

export interface ProxyBase {
  readonly agent: Dispatcher;
  readonly services: readonly Upstream[];
  /** Browsers' sessions. Absent where there are none. */
  readonly sessions: Pick<Sessions, 'guard' | 'streams'> | undefined;
}

/** Passes every request under a service's paths on to it: the body unread, the answer unchanged. */
export async function addProxy(
  server: HttpServer,
  { agent, services, sessions }: ProxyBase,
  { RATE_LIMIT_PER_MINUTE: requestsPerMinute, UPSTREAM_TIMEOUT_MS: timeoutMs }: GatewayConfig,
): Promise<void> {
  await server.register(async (scope) => {
    const errorsOnly = server.log.child({}, { level: server.log.level === 'silent' ? 'silent' : 'error' });
    // The proxy's own warnings bring a stack for every request to a service that is down.
    scope.setChildLoggerFactory(() => errorsOnly);
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async (_request: unknown, payload: FastifyRequest['raw']) =>
      limitedBody(payload),
    );
    if (sessions) scope.addHook('onRequest', sessions.guard.admit);
    if (requestsPerMinute > 0)
      await scope.register(rateLimit, { max: requestsPerMinute, timeWindow: '1 minute' });
    await scope.register(replyFrom, { undici: agent as never, disableRequestLogging: true });
    for (const service of services) {
      const passOn = passTo(service, timeoutMs, sessions?.streams);
      // One service that hangs takes no places from requests to the others.
      // Whether a caller may do it is for the service to say; only a token that does not count ends here.
      const config = { lane: service.name, access: 'anyone' } as const;
      for (const path of service.paths)
        for (const url of [path, `${path}/*`])
          scope.all(url, { schema: { hide: true }, config, handler: passOn });
    }
  });
}

function passTo({ name, url: base }: Upstream, timeoutMs: number, streams: StreamWatch | undefined) {
  return (request: FastifyRequest, reply: FastifyReply) =>
    reply.from(undefined, {
      getUpstream: () => base,
      rewriteRequestHeaders: (_request, headers) => requestHeaders(request, headers, timeoutMs),
      rewriteHeaders: responseHeaders,
      // Whoever sent the request knows whether it may be sent twice; the gateway does not.
      retryDelay: () => null,
      onResponse: (_request, _reply, response) => {
        const { stream } = response as unknown as { stream: Stream };
        if (isEventStream(reply) && request.session) streams?.follow(request.session, stream);
        send(request, reply, stream);
      },
      onError: (_reply, { error }) => {
        const problem = upstreamProblem(request.method, error);
        request.server.log.warn({ upstream: name, why: error.message, code: problem.code }, 'no answer');
        // What is left of the body is not read: nothing else can come on this connection.
        if (!request.raw.complete) reply.header('connection', 'close');
        reply.send(problem);
      },
      ...(EVENT_STREAM.test(request.url) && { timeout: NO_TIMEOUT }),
    });
}

type Stream = NodeJS.ReadableStream & { destroy(): void };

const isEventStream = (reply: FastifyReply) =>
  String(reply.getHeader('content-type') ?? '').startsWith('text/event-stream');

/** An event stream would outlive the drain: its client is cut off, and comes back to another copy. */
function send({ server }: FastifyRequest, reply: FastifyReply, stream: Stream): void {
  if (isEventStream(reply)) {
    const cut = () => stream.destroy();
    if (server.draining.aborted) cut();
    server.draining.addEventListener('abort', cut, { once: true });
    stream.once('close', () => server.draining.removeEventListener('abort', cut));
  }
  reply.send(stream);
}
