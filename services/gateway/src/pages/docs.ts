import swaggerUi from '@fastify/swagger-ui';
import { asyncapiDocument } from '@phone82/contracts';
import { type HttpServer, Problem } from '@phone82/http';
import type { Dispatcher } from 'undici';
import { ask } from '../ask.ts';
import type { Upstream } from '../service.ts';
import { mergedOpenapi, type OpenapiDocument } from './merged-openapi.ts';

const ASK_TIMEOUT_MS = 2_000;
const hidden = { schema: { hide: true }, config: { access: 'public' } } as const;

/** `/docs` and the documents it shows, fetched from the services as they are now. */
export async function addDocs(
  server: HttpServer,
  agent: Dispatcher,
  services: readonly Upstream[],
): Promise<void> {
  const documentOf = (service: Upstream): Promise<OpenapiDocument | undefined> =>
    ask(agent, service, '/openapi.json', ASK_TIMEOUT_MS).then(
      ({ status, body }) => (status === 200 ? body : undefined),
      () => undefined,
    );
  server.get('/openapi.json', hidden, async () =>
    mergedOpenapi(
      await Promise.all(
        services.map(async (service) => ({ ...service, document: await documentOf(service) })),
      ),
    ),
  );
  for (const service of services)
    server.get(`/docs/${service.name}/openapi.json`, hidden, async () => {
      const document = await documentOf(service);
      if (!document) throw new Problem('service-unavailable', {}, 1);
      return document;
    });
  server.get('/asyncapi.json', hidden, asyncapiDocument);
  await server.register(async (scope) => {
    // The plugin's own routes.
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, access: 'public' };
    });
    await scope.register(swaggerUi, {
      routePrefix: '/docs',
      uiConfig: pageConfig(services),
      staticCSP: CSP,
      theme: { title: 'phone82' },
      logo: { type: 'image/svg+xml', content: Buffer.from(LOGO) },
    });
  });
}

const LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40"><text y="28" font-family="sans-serif" font-size="26" font-weight="bold" fill="white">phone82</text></svg>';

/** Everything comes from here; the page styles itself inline. */
const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

const pageConfig = (services: readonly Upstream[]) => ({
  urls: [
    { name: 'phone82', url: '/openapi.json' },
    ...[...services.map(({ name }) => name), 'gateway'].map((name) => ({
      name,
      url: `/docs/${name}/openapi.json`,
    })),
  ],
  deepLinking: true,
  docExpansion: 'list' as const,
  validatorUrl: null,
});
