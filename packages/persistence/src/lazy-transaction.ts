import type { ControlledTransaction } from 'kysely';
import { loadTogether } from './load-together.ts';
import { saveBatch } from './save-batch.ts';
import { saveTogether } from './save-together.ts';
import { type SqlTransactionOptions, sqlTransactionStorage } from './sql-transaction-storage.ts';
import { surveyMessages } from './survey-messages.ts';
import type { Changes, TransactionStorage } from './transaction-storage.ts';
import { type Aggregate, ConcurrencyError } from './unit-of-work.ts';
import { fitsStatement } from './write-records.ts';

export interface LazyTransaction<A> {
  readonly storage: TransactionStorage<A>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * Transactions on PostgreSQL that begin no sooner than they are needed, and mostly are not: what is to be known is read without
 * a lock, and all that changes is written by one statement, which commits by itself and takes effect only if what was read
 * is still so. Work on one record goes together with that of others at the same moment, so that a crowd costs little
 * more than one. With `locking` a transaction begins with the first read.
 */
export function lazyTransactions<A extends Aggregate>(
  options: SqlTransactionOptions<A>,
): (how: { readonly locking: boolean }) => LazyTransaction<A> {
  const { kysely, mapping, environment } = options;
  const statements: Statements<A> = {
    ...loadTogether(kysely, mapping),
    survey: surveyMessages(kysely, mapping),
    saveOne: saveTogether(kysely, mapping),
    saveBatch: saveBatch(kysely, mapping, environment),
  };
  return ({ locking }) => lazyTransaction(options, statements, locking);
}

interface Statements<A extends Aggregate> extends ReturnType<typeof loadTogether<A>> {
  readonly survey: ReturnType<typeof surveyMessages<A>>;
  readonly saveBatch: ReturnType<typeof saveBatch<A>>;
  saveOne(changes: Changes<A>): Promise<void>;
}

const NOTHING = { records: [], events: [], addedLetters: [], removedLetters: [] };

function lazyTransaction<A extends Aggregate>(
  options: SqlTransactionOptions<A>,
  statements: Statements<A>,
  locking: boolean,
): LazyTransaction<A> {
  const { kysely, mapping } = options;
  // biome-ignore lint/suspicious/noExplicitAny: every service has tables of its own
  let begun: Promise<ControlledTransaction<any>> | undefined;
  /** Messages seen to be fresh, which are marked with whatever is written. */
  let unmarked: ReadonlySet<string> = new Set();
  const begin = async () => {
    begun ??= kysely.startTransaction().execute();
    return sqlTransactionStorage({ ...options, kysely: await begun });
  };
  const writeTransaction = async (changes: Changes<A>) => {
    const transaction = await begin();
    const marked = unmarked.size > 0 ? await transaction.claim([...unmarked]) : unmarked;
    if (marked.size < unmarked.size) throw new ConcurrencyError('another consumer handled a message');
    await transaction.save(changes);
  };
  const write = async (changes: Changes<A>) => {
    if (begun || !fitsStatement(changes, mapping)) await writeTransaction(changes);
    else if (unmarked.size === 0 && changes.records.length === 1) await statements.saveOne(changes);
    else await statements.saveBatch(changes, unmarked);
    unmarked = new Set();
  };
  return {
    storage: {
      load: async (ids, ownedBy) =>
        begun || locking ? (await begin()).load(ids, ownedBy) : statements.load(ids, ownedBy),
      admit: async (arrivals) => {
        const isFirst = !begun && !locking && unmarked.size === 0;
        const survey = isFirst ? await statements.survey(arrivals) : undefined;
        // Who parks a message behind a letter takes turns with whoever works the letter off.
        if (!survey || survey.blocked.size > 0) return (await begin()).admit(arrivals);
        unmarked = survey.fresh;
        return survey;
      },
      claim: async (messageIds) => (await begin()).claim(messageIds),
      deadLettersWith: async (letter) => (await begin()).deadLettersWith(letter),
      save: write,
    },
    commit: async () => {
      if (unmarked.size > 0) await write(NOTHING);
      await (await begun)?.commit().execute();
    },
    rollback: async () => void (await (await begun)?.rollback().execute()),
  };
}
