import { type ProblemCode, ProblemResource, problems } from '@phone82/contracts';
import Type, { type TObject, type TSchema } from 'typebox';
import type { HalNames } from './hal.ts';

interface Response {
  readonly description: string;
  readonly content: Readonly<Record<string, { readonly schema: TSchema }>>;
  readonly headers?: Readonly<Record<string, TSchema>>;
}

/** What an answer's header fields say, for its description. */
export const responseHeaders = {
  location: { Location: Type.String({ format: 'uri', description: 'Where the record is' }) },
  retryAfter: {
    'Retry-After': Type.Integer({ minimum: 1, description: 'Seconds until another try is worth it' }),
  },
};
/** Refusals that pass by themselves. */
const PASSING = new Set([429, 503]);

const LinkSchema = Type.Object({ href: Type.String({ format: 'uri' }) }, { title: 'Link' });
const LinksSchema = Type.Record(Type.String(), LinkSchema, { title: 'Links' });
const PageInfo = Type.Object(
  {
    size: Type.Integer(),
    totalElements: Type.Integer(),
    totalPages: Type.Integer(),
    number: Type.Integer(),
  },
  { title: 'PageInfo' },
);

const hal = (schema: TSchema, description: string): Response => ({
  description,
  content: { 'application/hal+json': { schema } },
});

const withLinks = (resource: TObject) =>
  Type.Object({ ...resource.properties, _links: LinksSchema }, { title: titleOf(resource) });
const titleOf = (resource: TSchema) => String((resource as { title?: string }).title ?? 'Record');

/** An answer that is one record. */
export const recordResponse = (
  resource: TObject,
  description: string,
  headers?: Readonly<Record<string, TSchema>>,
): Response => ({ ...hal(withLinks(resource), description), ...(headers && { headers }) });

/** An answer that is a page of records. */
export const pageResponse = (resource: TObject, { collection }: HalNames, description: string): Response =>
  hal(
    Type.Object(
      {
        _embedded: Type.Object({ [collection]: Type.Array(withLinks(resource)) }),
        _links: LinksSchema,
        page: PageInfo,
      },
      { title: `${titleOf(resource)}Page` },
    ),
    description,
  );

/** The refusals of an operation, by status. Those that every operation can give are added without being named. */
export function problemResponses(...codes: readonly ProblemCode[]): Record<number, Response> {
  const byStatus = Map.groupBy(codes, (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `\`${code}\`: ${problems[code].en}`).join(' '),
        content: { 'application/problem+json': { schema: ProblemResource } },
        ...(PASSING.has(status) && { headers: responseHeaders.retryAfter }),
      },
    ]),
  );
}
