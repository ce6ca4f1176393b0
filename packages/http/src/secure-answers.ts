import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/**
 * For answers that are data: no browser may guess their type, frame them, or read them from another site's page. What is only for
 * pages is left out. TLS ends before us, so saying when to insist on it is up to whoever ends it.
 */
const options: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
  crossOriginOpenerPolicy: false,
  originAgentCluster: false,
  strictTransportSecurity: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xPoweredBy: false,
  xXssProtection: false,
};

/** Gives every answer the headers of helmet: always the same, so that they are asked for once. */
export function secureAnswers(server: FastifyInstance): void {
  const headers = headersOfHelmet();
  server.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}

function headersOfHelmet(): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const setHeader = (name: string, value: string) => {
    headers[name.toLowerCase()] = value;
  };
  const rethrow = (error?: unknown) => {
    if (error) throw error;
  };
  helmet(options)({} as IncomingMessage, { setHeader } as unknown as ServerResponse, rethrow);
  return headers;
}
