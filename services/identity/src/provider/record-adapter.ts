import type { Environment } from '@phone82/runtime';
import { type Adapter, type AdapterFactory, type AdapterPayload, errors } from 'oidc-provider';
import type { IdentityDatabase } from '../tables.ts';

/** Keeps the provider's records (sessions, grants, codes, refresh tokens) in PostgreSQL. */
export const recordAdapter =
  (database: IdentityDatabase, { now }: Pick<Environment, 'now'>): AdapterFactory =>
  (model): Adapter => {
    const find = async (column: 'id' | 'uid', value: string) => {
      // PostgreSQL refuses a NUL in a text.
      if (value.includes('\0')) return undefined;
      const row = await database
        .selectFrom('oidc_records')
        .select(['payload', 'consumed_at'])
        .where('model', '=', model)
        .where(column, '=', value)
        .executeTakeFirst();
      return row && payloadOf(row);
    };
    return {
      upsert: (id, payload, expiresIn) => upsert(database, model, id, payload, expiryAt(now(), expiresIn)),
      find: (id) => find('id', id),
      findByUid: (uid) => find('uid', uid),
      findByUserCode: async () => undefined,
      consume: (id) => consume(database, model, id, now()),
      destroy: async (id) => {
        await database.deleteFrom('oidc_records').where('model', '=', model).where('id', '=', id).execute();
      },
      revokeByGrantId: async (grantId) => {
        await database.deleteFrom('oidc_records').where('grant_id', '=', grantId).execute();
      },
    };
  };

const expiryAt = (now: number, expiresIn: number | undefined) =>
  expiresIn === undefined ? null : now + expiresIn * 1_000;

const payloadOf = (row: {
  payload: Record<string, unknown>;
  consumed_at: number | null;
}): AdapterPayload => ({
  ...row.payload,
  ...(row.consumed_at !== null && { consumed: Math.floor(row.consumed_at / 1_000) }),
});

async function upsert(
  database: IdentityDatabase,
  model: string,
  id: string,
  payload: AdapterPayload,
  expiresAt: number | null,
): Promise<void> {
  const changing = {
    payload: JSON.stringify(payload),
    uid: payload.uid ?? null,
    grant_id: payload.grantId ?? null,
    expires_at: expiresAt,
  };
  await database
    .insertInto('oidc_records')
    .values({ model, id, ...changing, consumed_at: null })
    .onConflict((conflict) => conflict.columns(['model', 'id']).doUpdateSet(changing))
    .execute();
}

/** Of two requests that redeem the same code at the same moment, only one succeeds. */
async function consume(database: IdentityDatabase, model: string, id: string, now: number): Promise<void> {
  const consumed = await database
    .updateTable('oidc_records')
    .set({ consumed_at: now })
    .where('model', '=', model)
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .executeTakeFirst();
  if (consumed.numUpdatedRows === 0n) throw new errors.InvalidGrant('already consumed');
}
