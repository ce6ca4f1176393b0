import { connect } from './postgres.ts';
import type { Outbox } from './relay.ts';

export async function postgresOutbox(): Promise<Outbox> {
  const statement = await connect(process.env.DATABASE_URL);
  const waiting = statement('select seq, type, id, data from outbox order by seq');
  const remove = statement('delete from outbox where seq = any($1::bigint[])');
  return { waiting: () => waiting(), remove: async (seqs) => void (await remove(seqs)) };
}
