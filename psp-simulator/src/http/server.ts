import type { Tracer } from '@phone82/telemetry';
import { type FastifyError, type FastifyInstance, fastify } from 'fastify';
import { errorBody } from '../core/error-codes.ts';
import type { Psp } from '../core/psp.ts';
import { simulatorRoutes } from './simulator-routes.ts';
import { traceCalls } from './trace-calls.ts';

const BODY_LIMIT_BYTES = 1024 * 1024;
const PATIENCE_MS = 1_000;

/** The PSP over HTTP: its API below `/v1`, what only a simulator has below `/simulator`, and its health. */
export function createPspServer(psp: Psp, tracer?: Tracer): FastifyInstance {
  const server = fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: 'idle' });
  takeEmptyBodies(server);
  if (tracer) traceCalls(server, tracer);
  server.setErrorHandler((error: FastifyError, _request, reply) => {
    const isOurs = (error.statusCode ?? 500) >= 500;
    const code = isOurs ? 'FAILED_INTERNAL_SYSTEM_PROCESSING' : 'INVALID_REQUEST';
    const { message } = isOurs ? errorBody(code, 'ko') : error;
    reply.code(error.statusCode ?? 500).send({ code, message });
  });
  server.setNotFoundHandler((_request, reply) => reply.code(404).send(errorBody('NOT_FOUND', 'ko')));
  server.all('/v1/*', async ({ method, url, headers, body }, reply) => {
    const answer = await psp.handle({ method, path: url, headers, body });
    if (answer.kind === 'answered') return reply.code(answer.status).send(answer.body);
    reply.hijack();
    reply.raw.destroy();
    return reply;
  });
  simulatorRoutes(server, psp);
  server.get('/livez', () => ({ status: 'up' }));
  server.get('/readyz', async () => {
    await psp.balances({ limit: 1 });
    return { status: 'up' };
  });
  return server;
}

/** No content is not malformed content, whatever type it names. */
function takeEmptyBodies(server: FastifyInstance): void {
  const json = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : json(request, body as string, done),
  );
}

/** Answers what is under way within a second; then breaks what is still open, such as callers told to wait and silent ones. */
export async function stopPspServer(server: FastifyInstance): Promise<void> {
  const impatience = setTimeout(() => server.server.closeAllConnections(), PATIENCE_MS);
  await server.close();
  clearTimeout(impatience);
}
