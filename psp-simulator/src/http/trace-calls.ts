import { type Span, type Tracer, wellFormed } from '@phone82/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Records a span of each call of the API, below the caller's. One whose connection is broken on purpose is recorded too. */
export function traceCalls(server: FastifyInstance, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  server.addHook('onRequest', (request, reply, done) => {
    const { method, headers, url } = request;
    const path = url.split('?', 1)[0] ?? '';
    if (!path.startsWith('/v1/')) return done();
    const span = tracer.start({
      name: `${method} ${request.routeOptions.url ?? ''}`,
      kind: 'server',
      parent: wellFormed(typeof headers.traceparent === 'string' ? headers.traceparent : undefined),
      attributes: { 'http.request.method': method, 'url.path': path },
    });
    spans.set(request, span);
    reply.raw.once('close', () => {
      if (!reply.raw.writableFinished) span.end({ error: 'connection broken' });
    });
    done();
  });
  server.addHook('onResponse', (request, { statusCode }, done) => {
    const attributes = { 'http.response.status_code': statusCode };
    spans.get(request)?.end({ attributes, error: statusCode >= 500 ? String(statusCode) : undefined });
    done();
  });
}
