import {
  incomingContext,
  type Logger,
  type Metrics,
  type TraceContext,
  withContext,
} from '@phone82/telemetry';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { DEADLINE_HEADER, deadlineFrom } from './deadline.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The ids of this request: the caller's, or new ones. */
    trace: TraceContext;
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

/** Gives each request its trace context, echoes the ids, and logs and measures each answer. */
export function traceRequests(server: FastifyInstance, log: Logger, metrics: Metrics): void {
  server.decorateRequest('trace', null as unknown as TraceContext);
  server.addHook('onRequest', (request, reply, done) => {
    request.trace = {
      ...incomingContext({
        correlationId: header(request, 'x-correlation-id'),
        traceparent: header(request, 'traceparent'),
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
    metrics.httpDuration.labels(request.method, route, String(status)).observe(reply.elapsedTime / 1000);
    const level = request.routeOptions.config.quiet || request.isShed ? 'debug' : 'info';
    if (log.isLevelEnabled(level))
      withContext(request.trace, () =>
        log[level]({ method: request.method, url: request.url, status, ms }, 'request'),
      );
    done();
  });
}
