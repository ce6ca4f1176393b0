import type { Selectable } from 'kysely';
import type { IdentityDatabase, Tables } from '../tables.ts';
import type { Account } from './account.ts';

/** Anything else, such as a NUL, is not asked of the database. */
const SUBJECT = /^[\w.@-]{1,64}$/;

export interface Accounts {
  find(subject: string): Promise<Account | undefined>;
  /** Every person, by subject. */
  all(): Promise<readonly Account[]>;
  /** The account if the password is right. */
  withPassword(subject: string, password: string): Promise<Account | undefined>;
  /** Whether there is an account of that subject. */
  setPassword(subject: string, password: string): Promise<boolean>;
  addMissing(people: readonly Account[]): Promise<void>;
}

export function openAccounts(database: IdentityDatabase): Accounts {
  const rowOf = async (subject: string) =>
    SUBJECT.test(subject)
      ? database.selectFrom('accounts').selectAll().where('subject', '=', subject).executeTakeFirst()
      : undefined;
  return {
    find: async (subject) => {
      const row = await rowOf(subject);
      return row && accountOf(row);
    },
    all: async () =>
      (await database.selectFrom('accounts').selectAll().orderBy('subject').execute()).map(accountOf),
    withPassword: async (subject, password) => {
      const { isPassword } = await import('./password.ts');
      const row = await rowOf(subject);
      return (await isPassword(password, row?.password)) && row ? accountOf(row) : undefined;
    },
    setPassword: async (subject, password) => {
      const { hashPassword } = await import('./password.ts');
      const hash = await hashPassword(password);
      const changed = await database
        .updateTable('accounts')
        .set({ password: hash })
        .where('subject', '=', subject)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },
    addMissing: async (people) => {
      await database
        .insertInto('accounts')
        .values(people.map(rowFrom))
        .onConflict((conflict) => conflict.column('subject').doNothing())
        .execute();
    },
  };
}

const accountOf = ({
  subject,
  name_ko,
  name_en,
  roles,
  agency,
}: Selectable<Tables['accounts']>): Account => ({
  subject,
  name: { ko: name_ko, en: name_en },
  roles,
  agency: agency ?? undefined,
});

const rowFrom = ({ subject, name, roles, agency }: Account) => ({
  subject,
  name_ko: name.ko,
  name_en: name.en,
  roles: JSON.stringify(roles),
  agency: agency ?? null,
  password: null,
});
