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
import { loggedUrl } from './logged-url.ts';

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
    /** The query holds a secret: logs show the path alone. */
    secretQuery?: boolean;
  }
}

const header = (request: FastifyRequest, name: string) => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** One request as its traces, its log line and its measure name it. */
export interface Traced {
  readonly method: string;
  readonly url: string;
  /** The route that it is for; undefined if there is none. */
  readonly route: string | undefined;
  /** Probes and scrapes are no one's work: no span, and a line at debug only. */
  readonly quiet?: boolean | undefined;
}

interface Begun {
  readonly trace: TraceContext;
  readonly span: Span | undefined;
}

/** What is kept of requests: their spans, a log line each, how long they took. */
export interface Trail {
  /** `cameAt`: when its head was read, on the clock of `performance.now()`. */
  begin(traced: Traced, header: (name: string) => string | undefined, cameAt: number): Begun;
  /** `ms`: how long it took. `isShed`: logged at debug only. */
  end(traced: Traced, begun: Begun, answer: { status: number; ms: number; isShed: boolean }): void;
}

export function createTrail(log: Logger, metrics: Metrics, tracer?: Tracer): Trail {
  return {
    begin: (traced, header, cameAt) => {
      const parent = header('traceparent');
      const span = tracer && startSpan(tracer, traced, wellFormed(parent));
      const ids = incomingContext({
        correlationId: header('x-correlation-id'),
        traceparent: span?.traceparent ?? parent,
      });
      return { span, trace: { ...ids, deadlineAt: deadlineFrom(header(DEADLINE_HEADER), cameAt) } };
    },
    end: ({ method, url, route = 'none', quiet }, { trace, span }, { status, ms, isShed }) => {
      span?.end(outcomeOf(status, trace));
      metrics.httpDuration.labels(method, route, String(status)).observe(ms / 1000);
      const level = quiet || isShed ? 'debug' : 'info';
      const line = { method, url, status, ms: Math.round(ms * 100) / 100 };
      if (log.isLevelEnabled(level)) withContext(trace, () => log[level](line, 'request'));
    },
  };
}

/** Gives each request its trace context and its span, echoes the ids, and logs and measures each answer. */
export function traceRequests(server: FastifyInstance, log: Logger, metrics: Metrics, tracer?: Tracer): void {
  const trail = createTrail(log, metrics, tracer);
  server.decorateRequest('trace', null as unknown as TraceContext);
  server.decorateRequest('span', undefined);
  server.addHook('onRequest', (request, reply, done) => {
    const { trace, span } = trail.begin(
      tracedOf(request),
      (name) => header(request, name),
      performance.now(),
    );
    request.trace = trace;
    request.span = span;
    reply.header('x-correlation-id', trace.correlationId);
    reply.header('traceparent', trace.traceparent);
    withContext(trace, done);
  });
  // A body arrives in the socket's context, not in the one that onRequest entered.
  server.addHook('preValidation', (request, _reply, done) => withContext(request.trace, done));
  server.addHook('onResponse', (request, reply, done) => {
    const { trace, span, isShed } = request;
    const answer = { status: reply.statusCode, ms: reply.elapsedTime, isShed };
    trail.end(tracedOf(request), { trace, span }, answer);
    done();
  });
}

const tracedOf = ({ method, url, routeOptions }: FastifyRequest): Traced => ({
  method,
  url: loggedUrl({ url, routeOptions }),
  route: routeOptions.url,
  quiet: routeOptions.config.quiet,
});

function startSpan(
  tracer: Tracer,
  { method, url, route, quiet }: Traced,
  parent: string | undefined,
): Span | undefined {
  if (quiet) return undefined;
  return tracer.start({
    name: route ? `${method} ${route}` : method,
    kind: 'server',
    parent,
    attributes: {
      'http.request.method': method,
      'http.route': route,
      'url.path': url.split('?', 1)[0],
    },
  });
}

const outcomeOf = (status: number, { correlationId }: TraceContext) => ({
  attributes: { 'http.response.status_code': status, 'phone82.correlation_id': correlationId },
  error: status >= 500 ? String(status) : undefined,
});
