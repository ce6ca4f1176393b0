import { type EventType, eventGuide, events } from '@phone82/contracts';

export interface OpenapiDocument {
  readonly paths?: Readonly<Record<string, unknown>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, unknown>>;
    readonly securitySchemes?: object;
  };
}

export interface ServiceDocument {
  readonly name: string;
  /** The first parts of the addresses that are reached through the gateway. */
  readonly paths: readonly string[];
  /** Undefined if the service did not answer. */
  readonly document: OpenapiDocument | undefined;
}

/** One OpenAPI document of all that is reached here, with the events told in its description. */
export function mergedOpenapi(services: readonly ServiceDocument[]) {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, unknown> = {};
  for (const service of services) Object.assign(paths, ownPaths(service, addSchemas(schemas, service)));
  const missing = services.filter(({ document }) => !document).map(({ name }) => name);
  return {
    openapi: '3.1.1',
    info: {
      title: 'phone82',
      version: '0.1.0',
      description: description(missing),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: tagsOf(paths),
    security: [],
    paths,
    components: { schemas, securitySchemes: Object.assign({}, ...services.map(schemesOf)) },
  };
}

const schemesOf = ({ document }: ServiceDocument) => document?.components?.securitySchemes ?? {};

/** Adds a service's schemas; one that another service has under the same name, but different, is renamed. */
function addSchemas(schemas: Record<string, unknown>, service: ServiceDocument): ReadonlyMap<string, string> {
  const own = Object.entries(service.document?.components?.schemas ?? {});
  const renamed = new Map<string, string>();
  for (const [name, schema] of own)
    if (name in schemas && JSON.stringify(schemas[name]) !== JSON.stringify(schema))
      renamed.set(name, `${service.name}${name}`);
  for (const [name, schema] of own) schemas[renamed.get(name) ?? name] = withNames(schema, renamed);
  return renamed;
}

function ownPaths({ paths, document }: ServiceDocument, renamed: ReadonlyMap<string, string>) {
  const reached = Object.entries(document?.paths ?? {}).filter(([url]) =>
    paths.some((path) => url === path || url.startsWith(`${path}/`)),
  );
  return Object.fromEntries(reached.map(([url, operations]) => [url, withNames(operations, renamed)]));
}

const REFERENCE = '#/components/schemas/';

function withNames(node: unknown, renamed: ReadonlyMap<string, string>): unknown {
  if (renamed.size === 0) return node;
  return JSON.parse(JSON.stringify(node), (key, value) => {
    if (key !== '$ref' || typeof value !== 'string') return value;
    const name = value.slice(REFERENCE.length);
    return REFERENCE + (renamed.get(name) ?? name);
  });
}

function tagsOf(paths: Readonly<Record<string, unknown>>) {
  const operations = Object.values(paths).flatMap((path) => Object.values(path as object));
  const names = new Set(operations.flatMap(({ tags = [] }: { tags?: string[] }) => tags));
  return [...names].map((name) => ({ name }));
}

function description(missing: readonly string[]): string {
  const rows = (Object.keys(events) as EventType[]).map((name) => {
    const { description: what = '' } = events[name].schema as { description?: string };
    return `| \`${name}\` | ${events[name].from} | ${eventGuide[name].to.join(', ')} | ${what} |`;
  });
  return [
    'Orders phones, takes the money, ships them, grants mileage; and takes all of it back.',
    ...(missing.length > 0 ? [`**Not answering now, so not shown:** ${missing.join(', ')}`] : []),
    '## Events',
    'On the topic `phoneseller`, keyed by order id; the whole as AsyncAPI: [/asyncapi.json](/asyncapi.json).',
    ['| event | from | to | what happened |', '|---|---|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}
