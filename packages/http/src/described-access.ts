import type { Access } from '@phone82/access';

/** How callers say who they are. */
export const securitySchemes = {
  person: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'An access token of the issuer (RFC 9068)',
  },
  service: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token that another service signed with its own key; it counts for 60 s',
  },
} as const;

type Requirement = Readonly<Partial<Record<keyof typeof securitySchemes, string[]>>>;

/** A route's access as its OpenAPI operation says it: the schemes by which a caller may come, and in `x-access` who they have to be. */
export function describedAccess(access: Access = { roles: [] }) {
  if (typeof access === 'string') return { security: [] };
  const { roles, owner, services } = access;
  const security: Requirement[] = [
    ...(roles.length > 0 ? [{ person: [] }] : []),
    ...(services ? [{ service: [] }] : []),
  ];
  return { security, 'x-access': { roles, ...(owner && { owner }), ...(services && { services }) } };
}

interface Document {
  readonly paths?: Readonly<
    Record<string, Readonly<Record<string, { readonly security?: readonly Requirement[] }>>>
  >;
  readonly components?: { readonly schemas?: object; readonly securitySchemes?: object };
}

/** The document without schemes by which nobody comes. */
export function withUsedSchemes(document: Document): Document {
  const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));
  const used = new Set(
    operations.flatMap(({ security = [] }) => security.flatMap((one) => Object.keys(one))),
  );
  const kept = Object.entries(securitySchemes).filter(([name]) => used.has(name));
  return { ...document, components: { ...document.components, securitySchemes: Object.fromEntries(kept) } };
}
