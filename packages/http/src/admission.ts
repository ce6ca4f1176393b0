import { Problem } from '@phone82/contracts';
import type { Metrics } from '@phone82/telemetry';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import { type ConcurrencyLimit, createConcurrencyLimit, type Permit } from './concurrency-limit.ts';
import { type EventLoopDelay, watchEventLoopDelay } from './event-loop-delay.ts';
import { type LimitedPriority, priorityOf } from './priority.ts';

/** How much is taken on, where nothing else is said. Times in milliseconds. */
export const ADMISSION_DEFAULTS = {
  maxInFlight: 512,
  targetLatencyMs: 350,
  maxEventLoopDelayMs: 500,
} as const;

/** Without limits of its own a server has {@link ADMISSION_DEFAULTS}. */
export interface AdmissionOptions {
  /** Requests of one priority under way at once, at most. */
  readonly maxInFlight?: number;
  /** The mean latency that is fast enough, in milliseconds. */
  readonly targetLatencyMs?: number;
  /** How late the process may be with everything, in milliseconds. */
  readonly maxEventLoopDelayMs?: number;
  /** In [0, 1), for `Retry-After`. Default Math.random. */
  readonly random?: () => number;
  /** Default: that of this process. */
  readonly eventLoop?: EventLoopDelay;
}

declare module 'fastify' {
  interface FastifyRequest {
    permit: Permit | undefined;
    /** Refused for overload: counted, but not logged one by one, which would be a burden of its own. */
    isShed: boolean;
  }
}

/** What yields last may take twice as long before it yields, so it keeps its places while the rest gives its up. */
const PATIENCE: Readonly<Record<LimitedPriority, number>> = { ordinary: 1, critical: 2 };
const LONGEST_PAUSE_S = 3;

/** Gives a piece of work a place among those under way, or says why there is none for it. */
export type Admit = (lane: string, priority: LimitedPriority) => Permit | Problem;

/**
 * Refuses requests, before their bodies are read, when more are under way than are answered in good time, or
 * when the process is late with everything. A place is held until the answer begins: a stream that goes on
 * after that is no work.
 */
export function admitRequests(
  server: FastifyInstance,
  metrics: Metrics,
  options: AdmissionOptions = {},
): Admit {
  const { maxEventLoopDelayMs = ADMISSION_DEFAULTS.maxEventLoopDelayMs, random = Math.random } = options;
  const { eventLoop = watchEventLoopDelay() } = options;
  const lanes = createLanes(metrics, options);
  const shed = metrics.counter('requests_shed_total', 'Requests refused for overload', [
    'lane',
    'priority',
    'reason',
  ]);
  const admit: Admit = (lane, priority) => {
    const isLate = eventLoop.meanMs() > maxEventLoopDelayMs * PATIENCE[priority];
    const permit = isLate ? undefined : lanes.of(lane, priority).tryEnter();
    if (permit) return permit;
    shed.inc({ lane, priority, reason: isLate ? 'eventLoop' : 'limit' });
    return new Problem('overloaded', {}, 1 + Math.floor(random() * LONGEST_PAUSE_S));
  };
  server.decorateRequest('permit', undefined);
  server.decorateRequest('isShed', false);
  server.addHook('onClose', async () => eventLoop.stop());
  server.addHook('onRoute', (route) => {
    route.config = { ...route.config, priority: route.config?.priority ?? priorityOf(route.url) };
  });
  server.addHook('onRequest', (request, _reply, done) => {
    const { priority = 'unlimited', lane = 'service' } = request.routeOptions.config as FastifyContextConfig;
    if (priority === 'unlimited') return done();
    const admitted = admit(lane, priority);
    if (admitted instanceof Problem) {
      request.isShed = true;
      return done(admitted);
    }
    request.permit = admitted;
    done();
  });
  server.addHook('onSend', (request, reply, payload, done) => {
    // A failure is often quick, and a quick failure is no sign of room.
    request.permit?.release(reply.statusCode < 500);
    done(null, payload);
  });
  server.addHook('onResponse', (request, _reply, done) => {
    request.permit?.release(false);
    done();
  });
  return admit;
}

interface Lanes {
  of(lane: string, priority: LimitedPriority): ConcurrencyLimit;
}

function createLanes(metrics: Metrics, options: AdmissionOptions): Lanes {
  const { maxInFlight: most = ADMISSION_DEFAULTS.maxInFlight } = options;
  const { targetLatencyMs = ADMISSION_DEFAULTS.targetLatencyMs } = options;
  const byLane = new Map<string, Record<LimitedPriority, ConcurrencyLimit>>();
  const show = (read: (limit: ConcurrencyLimit) => number) => (gauge: LaneGauge) => {
    for (const [lane, limits] of byLane)
      for (const [priority, limit] of Object.entries(limits)) gauge.set({ lane, priority }, read(limit));
  };
  const labels = ['lane', 'priority'] as const;
  metrics.gauge(
    'requests_limit',
    'How many may be under way',
    labels,
    show(({ limit }) => limit),
  );
  metrics.gauge(
    'requests_in_flight',
    'How many are under way',
    labels,
    show(({ inFlight }) => inFlight),
  );
  const limitFor = (priority: LimitedPriority) =>
    createConcurrencyLimit({ most, targetMs: targetLatencyMs * PATIENCE[priority] });
  return {
    of: (lane, priority) => {
      const limits = byLane.get(lane) ?? { ordinary: limitFor('ordinary'), critical: limitFor('critical') };
      byLane.set(lane, limits);
      return limits[priority];
    },
  };
}

interface LaneGauge {
  set(labels: { lane: string; priority: string }, value: number): void;
}
