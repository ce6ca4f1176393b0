import {
  incomingContext,
  type Logger,
  type Metrics,
  type Span,
  type TraceContext,
  type Tracer,
  wellFormed,
  withContext,
} from '@phone82/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DEADLINE_HEADER, deadlineFrom } from './deadline.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The ids of this request: the caller's, or new ones. */
    trace: TraceContext;
    /** Of this request, where requests are traced. */
    span: Span | undefined;
  }
  interface FastifyContextConfig {
    /** Logged at debug: probes and scrapes would drown the rest. */
    quiet?: boolean;
  }
}

const header = (request: FastifyRequest, name: string) => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** Gives each request its trace context and its span, echoes the ids, and logs and measures each answer. */
export function traceRequests(server: FastifyInstance, log: Logger, metrics: Metrics, tracer?: Tracer): void {
  server.decorateRequest('trace', null as unknown as TraceContext);
  server.decorateRequest('span', undefined);
  server.addHook('onRequest', (request, reply, done) => {
    const parent = header(request, 'traceparent');
    request.span = tracer && startSpan(tracer, request, wellFormed(parent));
    request.trace = {
      ...incomingContext({
        correlationId: header(request, 'x-correlation-id'),
        traceparent: request.span?.traceparent ?? parent,
      }),
      deadlineAt: deadlineFrom(header(request, DEADLINE_HEADER)),
    };
    reply.header('x-correlation-id', request.trace.correlationId);
    reply.header('traceparent', request.trace.traceparent);
    withContext(request.trace, done);
  });
  // A body arrives in the socket's context, not in the one that onRequest entered.
  server.addHook('preValidation', (request, _reply, done) => withContext(request.trace, done));
  server.addHook('onResponse', (request, reply, done) => {
    const ms = Math.round(reply.elapsedTime * 100) / 100;
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    request.span?.end(outcomeOf(status, request.trace));
    metrics.httpDuration.labels(request.method, route, String(status)).observe(reply.elapsedTime / 1000);
    const level = request.routeOptions.config.quiet || request.isShed ? 'debug' : 'info';
    if (log.isLevelEnabled(level))
      withContext(request.trace, () =>
        log[level]({ method: request.method, url: request.url, status, ms }, 'request'),
      );
    done();
  });
}

/** Probes and scrapes are no one's work. */
function startSpan(tracer: Tracer, request: FastifyRequest, parent: string | undefined): Span | undefined {
  const { method, routeOptions } = request;
  if (routeOptions.config.quiet) return undefined;
  const route = routeOptions.url;
  return tracer.start({
    name: route ? `${method} ${route}` : method,
    kind: 'server',
    parent,
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'url.path': request.url.split('?', 1)[0],
    },
  });
}

const outcomeOf = (status: number, { correlationId }: TraceContext) => ({
  attributes: { 'http.response.status_code': status, 'phone82.correlation_id': correlationId },
  error: status >= 500 ? String(status) : undefined,
});
