import type { Metrics } from '@phone82/telemetry';
import type { HttpServer } from './http-server.ts';
import { unlimited } from './priority.ts';
import { type ReadinessCheck, readinessOf } from './readiness.ts';

export interface BreakerState {
  readonly remote: string;
  readonly operation: string;
  readonly state: 'closed' | 'open' | 'halfOpen';
}

export interface HealthOptions {
  readonly metrics: Metrics;
  readonly checks: readonly ReadinessCheck[];
  breakers?(): readonly BreakerState[];
}

const quiet = { schema: { hide: true }, config: { quiet: true, ...unlimited, access: 'public' } } as const;

/**
 * None of these is ever refused: restarting a process for being busy, or sending its share to copies that are as
 * busy, would turn an overload into an outage; and an overload that cannot be seen cannot be mended.
 * `/livez` asks no one else; `/readyz` says whether work may be sent here; `/metrics`; `/breakers`.
 */
export function addHealth(server: HttpServer, { metrics, checks, breakers }: HealthOptions): void {
  server.get('/livez', quiet, () => ({ status: 'up' }));
  server.get('/readyz', quiet, async (_request, reply) => {
    const readiness = await readinessOf(checks, server.draining.aborted);
    reply.code(readiness.status === 'up' ? 200 : 503);
    return readiness;
  });
  server.get('/metrics', quiet, async (_request, reply) => {
    reply.header('content-type', metrics.contentType);
    return reply.serializer(String).send(await metrics.render());
  });
  server.get('/breakers', quiet, () => ({ breakers: breakers?.() ?? [] }));
}
