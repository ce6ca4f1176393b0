import type { PageRequest } from '@phone82/persistence';
import Type, { type TProperties } from 'typebox';

type Sort = PageRequest['sort'];
const ascendingId: Sort = { field: 'id', direction: 'asc' };

/**
 * The query of a collection: `?page=0&size=20&sort=field,desc`, and filters of its own.
 * Pages count from 0; size is 1 to 100, 20 if absent; the order is by id if absent.
 */
export function pageQuery<Filters extends TProperties = Record<never, never>>(
  sortableFields: readonly [string, ...string[]],
  filters?: Filters,
  defaultSort = ascendingId,
) {
  const schema = Type.Object(
    {
      page: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'From 0; 0 if absent' }),
      ),
      size: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '20 if absent' })),
      sort: Type.Optional(
        Type.String({
          pattern: `^(${sortableFields.join('|')})(,(asc|desc))?$`,
          description: 'A field and a direction, such as `id,desc`',
        }),
      ),
      ...(filters ?? ({} as Filters)),
    },
    { additionalProperties: false },
  );
  const parse = (query: { page?: number; size?: number; sort?: string }): PageRequest => ({
    page: query.page ?? 0,
    size: query.size ?? 20,
    sort: query.sort ? parseSort(query.sort) : defaultSort,
  });
  return { schema, parse };
}

function parseSort(text: string): Sort {
  const [field = 'id', direction = 'asc'] = text.split(',');
  return { field, direction: direction === 'desc' ? 'desc' : 'asc' };
}

/** `/{id}` of a record about an order. Anything but a positive safe integer is answered with 404. */
export const idParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: "The order's id" }),
});
