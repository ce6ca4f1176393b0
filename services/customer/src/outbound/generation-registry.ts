import type { Database } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import { sql } from 'kysely';
import { createViewTable } from './view-table.ts';

export interface Generation {
  readonly number: number;
  /** `building` reads the log from its beginning, `active` answers, `retired` is about to be dropped. */
  readonly state: 'building' | 'active' | 'retired';
  readonly changedAt: number;
}

/** Always shows the generation that answers, to all copies at the same moment. */
export const ANSWERING = 'order_views';

export const tableOf = (generation: Pick<Generation, 'number'>): string => `order_views_${generation.number}`;

/** The generations of the view, as all copies of this service see them. */
export interface GenerationRegistry {
  list(): Promise<readonly Generation[]>;
  /** Adds a generation with its empty table, unless one is being built. */
  begin(): Promise<void>;
  /**
   * Lets the generation that was built answer, and retires the one before. False, and nothing is changed, while there is
   * an order of which the one that answers knows more: a customer never sees an order go back.
   */
  activate(number: number): Promise<boolean>;
  drop(generation: Generation): Promise<void>;
}

type Kysely = Database['kysely'];

export function createGenerationRegistry({ kysely }: Database, environment: Environment): GenerationRegistry {
  return {
    list: () => listGenerations(kysely),
    begin: () => kysely.transaction().execute((transaction) => begin(transaction, environment.now())),
    activate: (number) =>
      kysely.transaction().execute((transaction) => activate(transaction, number, environment)),
    drop: async (generation) => {
      await kysely.schema.dropTable(tableOf(generation)).ifExists().execute();
      await kysely.deleteFrom('view_generations').where('number', '=', generation.number).execute();
    },
  };
}

async function listGenerations(kysely: Kysely): Promise<readonly Generation[]> {
  const rows = await kysely.selectFrom('view_generations').selectAll().orderBy('number').execute();
  return rows.map(({ number, state, changed_at }) => ({ number, state, changedAt: changed_at }));
}

/** Two that begin at once choose the same number: the second waits for the first and then finds it taken. */
async function begin(transaction: Kysely, now: number): Promise<void> {
  const generations = await listGenerations(transaction);
  if (generations.some(({ state }) => state === 'building')) return;
  const number = Math.max(0, ...generations.map((generation) => generation.number)) + 1;
  const state = generations.some((generation) => generation.state === 'active') ? 'building' : 'active';
  const added = await transaction
    .insertInto('view_generations')
    .values({ number, state, changed_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (!added.numInsertedOrUpdatedRows) return;
  await createViewTable(transaction, tableOf({ number }));
  if (state === 'active') await showGeneration(transaction, number);
}

const LOOKS = 20;
const LOOK_EVERY_MS = 50;

/** The one that answers stands still meanwhile, so that the new one can catch up with it whatever the load. */
async function activate(transaction: Kysely, number: number, environment: Environment): Promise<boolean> {
  const generations = await listGenerations(transaction);
  const answering = generations.find(({ state }) => state === 'active');
  if (!answering || answering.number >= number) return true;
  await sql`lock table ${sql.table(tableOf(answering))} in share mode`.execute(transaction);
  for (let looks = 1; await isBehind(transaction, number, answering); looks++) {
    if (looks === LOOKS) return false;
    await environment.sleep(LOOK_EVERY_MS);
  }
  await switchTo(transaction, number, environment.now());
  return true;
}

async function isBehind(transaction: Kysely, number: number, answering: Generation): Promise<boolean> {
  const { rows } = await sql`
    select 1 from ${sql.table(tableOf(answering))} as shown
    left join ${sql.table(tableOf({ number }))} as next on next.id = shown.id
    where next.events is null or next.events < shown.events limit 1`.execute(transaction);
  return rows.length > 0;
}

async function switchTo(transaction: Kysely, number: number, now: number): Promise<void> {
  const activated = await transaction
    .updateTable('view_generations')
    .set({ state: 'active', changed_at: now })
    .where('number', '=', number)
    .where('state', '=', 'building')
    .executeTakeFirst();
  if (Number(activated.numUpdatedRows) === 0) return;
  await transaction
    .updateTable('view_generations')
    .set({ state: 'retired', changed_at: now })
    .where('number', '<', number)
    .execute();
  await showGeneration(transaction, number);
}

async function showGeneration(transaction: Kysely, number: number): Promise<void> {
  await sql`create or replace view ${sql.table(ANSWERING)} as select * from ${sql.table(tableOf({ number }))}`.execute(
    transaction,
  );
}
