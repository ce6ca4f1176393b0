import { type Database, notingEffect, REST_MS } from '@phone82/persistence';
import { batched } from '@phone82/runtime';
import { CompiledQuery } from 'kysely';
import type { Order } from '../domain/order.ts';
import type { OrderDraft, OrderIntake } from '../usecases/ports.ts';
import { orderMapping } from './order-mapping.ts';
import { NUMBERING_LOCK } from './order-numbers.ts';

const COLUMNS = ['version', ...orderMapping.columns].join(', ');

/** Numbers the drafts in their order; one whose request key is known already is left out. */
const BEGIN = `
  with gate as materialized (
    select pg_advisory_xact_lock_shared(${NUMBERING_LOCK})
  ), draft as materialized (
    select nextval(pg_get_serial_sequence('orders', 'id')) as number, fields.place, filled.*
    from gate, rows from (json_array_elements($1::json)) with ordinality as fields (value, place),
      json_populate_record(null::orders, fields.value) as filled
    order by fields.place
  ), begun as (
    insert into orders (id, ${COLUMNS}) select number, ${COLUMNS} from draft order by place
    on conflict (request_key) do nothing
    returning id
  )
  select place, begun.id from draft left join begun on begun.id = number`;

/** Numbers orders by the table's own sequence; orders that come at the same moment go in one statement. */
export function createOrderIntake({ kysely }: Database): OrderIntake {
  const byRequestKey = async (key: string): Promise<Order> => {
    const row = await kysely
      .selectFrom('orders')
      .selectAll()
      .where('request_key', '=', key)
      .executeTakeFirstOrThrow();
    return orderMapping.fromRow(row, []);
  };
  const begin = batched(
    async (drafts: readonly OrderDraft[]) => {
      const rows = drafts.map((draft) => ({
        ...orderMapping.toRow({ ...draft, id: 0, version: 1 }),
        version: 1,
      }));
      const query = CompiledQuery.raw(BEGIN, [JSON.stringify(rows)]);
      const begun = await kysely.executeQuery<{ place: number; id: number | null }>(query);
      const ids = new Map(begun.rows.map(({ place, id }) => [place, id]));
      return drafts.map((_, index) => ids.get(index + 1) ?? undefined);
    },
    { restMs: REST_MS },
  );
  return {
    begin: async (draft) => {
      const id = await notingEffect(begin(draft));
      return id === undefined
        ? { order: await byRequestKey(draft.requestKey ?? ''), isNew: false }
        : { order: { ...draft, id, version: 1 }, isNew: true };
    },
  };
}
