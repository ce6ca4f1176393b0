import { setTimeout as delay } from 'node:timers/promises';
import type { Metrics } from '@phone82/telemetry';
import type { HttpServer } from './http-server.ts';
import { unlimited } from './priority.ts';

/** Something that the service cannot do without. */
export interface ReadinessCheck {
  readonly name: string;
  /** Resolves if it works, throws if not. Cut off after a second. */
  check(): Promise<void>;
}

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

const CHECK_TIMEOUT_MS = 1_000;
const quiet = { schema: { hide: true }, config: { quiet: true, ...unlimited } } as const;

/**
 * None of these is ever refused: restarting a process for being busy, or sending its share to copies that are as
 * busy, would turn an overload into an outage; and an overload that cannot be seen cannot be mended.
 * `/livez` asks no one else; `/readyz` says whether work may be sent here; `/metrics`; `/breakers`.
 */
export function addHealth(server: HttpServer, { metrics, checks, breakers }: HealthOptions): void {
  server.get('/livez', quiet, () => ({ status: 'up' }));
  server.get('/readyz', quiet, async (_request, reply) => {
    const outcomes = await Promise.all(checks.map(runCheck));
    const draining = server.draining.aborted;
    const up = !draining && outcomes.every(([, outcome]) => outcome === 'up');
    reply.code(up ? 200 : 503);
    return { status: draining ? 'draining' : up ? 'up' : 'down', checks: Object.fromEntries(outcomes) };
  });
  server.get('/metrics', quiet, async (_request, reply) => {
    reply.header('content-type', metrics.contentType);
    return reply.serializer(String).send(await metrics.render());
  });
  server.get('/breakers', quiet, () => ({ breakers: breakers?.() ?? [] }));
}

async function runCheck({ name, check }: ReadinessCheck): Promise<readonly [string, string]> {
  const cut = new AbortController();
  const late = delay(CHECK_TIMEOUT_MS, undefined, { signal: cut.signal }).then(() => 'no answer in time');
  const answer = Promise.resolve()
    .then(check)
    .then(
      () => 'up',
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  try {
    return [name, await Promise.race([answer, late.catch(() => 'up')])];
  } finally {
    cut.abort();
  }
}
