import type { FastifyInstance } from 'fastify';

/**
 * Takes `application/json` and `application/hal+json`. A request without content has no body, whatever type it names: whether one is
 * needed is up to the route's schema.
 */
export function readContent(server: FastifyInstance): void {
  server.removeContentTypeParser(['text/plain', 'application/json']);
  const json = server.getDefaultJsonParser('error', 'error');
  server.addContentTypeParser(
    ['application/json', 'application/hal+json'],
    { parseAs: 'string' },
    (request, body, done) => (body === '' ? done(null, undefined) : json(request, body as string, done)),
  );
  server.addHook('onRequest', ({ headers }, _reply, done) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
    if (length === '0' && encoding === undefined) delete headers['content-type'];
    done();
  });
}
