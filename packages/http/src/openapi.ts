import swagger from '@fastify/swagger';
import { withCommonProblems } from './common-problems.ts';
import { describedAccess, securitySchemes, withUsedSchemes } from './described-access.ts';
import type { HttpServer } from './http-server.ts';
import { namedSchemas } from './named-schemas.ts';

export interface OpenapiOptions {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  /** Where the document is. Default `/openapi.json`. */
  readonly path?: string;
  /** Where the API is reached. Default: relative to the document. */
  readonly servers?: readonly { readonly url: string; readonly description?: string }[];
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
}

/** Describes the routes that follow as OpenAPI 3.1. */
export async function addOpenapi(server: HttpServer, options: OpenapiOptions): Promise<void> {
  const { title, version, description = title, servers = [{ url: '/' }], tags = [] } = options;
  const { path = '/openapi.json' } = options;
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.1',
      info: { title, version, description, license: { name: 'MIT', identifier: 'MIT' } as never },
      servers: [...servers],
      tags: [...tags],
      components: { securitySchemes },
      security: [],
    },
    transform: ({ schema, url, route }) => ({
      schema: { ...withCommonProblems(schema ?? {}, route.config), ...describedAccess(route.config?.access) },
      url,
    }),
  });
  let document: unknown;
  server.get(path, { schema: { hide: true }, config: { access: 'public' } }, () => {
    document ??= namedSchemas(withUsedSchemes(server.swagger() as never));
    return document as object;
  });
}
