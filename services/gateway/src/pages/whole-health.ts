import { type HttpServer, type Readiness, unlimited } from '@phone82/http';
import Type, { type Static } from 'typebox';
import type { Dispatcher } from 'undici';
import { ask } from '../ask.ts';
import type { Upstream } from '../service.ts';

const ASK_TIMEOUT_MS = 1_500;

const ServiceHealth = Type.Object(
  { status: Type.String({ description: '`up`, `down`, `draining` or `unreachable`' }), ms: Type.Integer() },
  { title: 'ServiceHealth', additionalProperties: true },
);
const WholeHealth = Type.Object(
  {
    status: Type.Enum(['up', 'down']),
    services: Type.Record(Type.String(), ServiceHealth),
  },
  { title: 'WholeHealth' },
);
const health = (description: string) => ({
  description,
  content: { 'application/json': { schema: WholeHealth } },
});

/** `/healthz`: whether every service could take work now. */
export function addWholeHealth(server: HttpServer, agent: Dispatcher, services: readonly Upstream[]): void {
  const schema = {
    operationId: 'wholeHealth',
    summary: 'The health of every service',
    tags: ['operations'],
    response: { 200: health('All services are up.'), 503: health('Some service is not.') },
  };
  const config = { quiet: true, ...unlimited, access: 'public' } as const;
  server.get('/healthz', { schema, config }, async (_request, reply) => {
    const states = await Promise.all(services.map((service) => healthOf(agent, service)));
    const up = states.every(([, { status }]) => status === 'up');
    reply.code(up ? 200 : 503);
    return { status: up ? ('up' as const) : ('down' as const), services: Object.fromEntries(states) };
  });
}

async function healthOf(
  agent: Dispatcher,
  service: Upstream,
): Promise<readonly [string, Static<typeof ServiceHealth>]> {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  try {
    const { body } = await ask(agent, service, '/readyz', ASK_TIMEOUT_MS);
    const { status = 'down', checks, warnings } = body as Partial<Readiness>;
    return [service.name, { status, ms: ms(), ...(checks && { checks }), ...(warnings && { warnings }) }];
  } catch {
    return [service.name, { status: 'unreachable', ms: ms() }];
  }
}
