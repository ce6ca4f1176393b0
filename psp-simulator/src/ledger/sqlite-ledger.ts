import { GroupCommit } from './group-commit.ts';
import type { Ledger } from './ledger.ts';
import { SqliteBooks } from './sqlite-books.ts';
import { openLedgerFile } from './sqlite-schema.ts';

/** Books in an SQLite file. What comes at the same time shares a commit. @throws if the file can't be opened. */
export function openSqliteLedger(file: string): Ledger {
  const database = openLedgerFile(file);
  const books = new SqliteBooks(database);
  const commits = new GroupCommit({
    begin: () => database.exec('begin immediate'),
    commit: () => database.exec('commit'),
    rollback: () => {
      // A disk that is full has rolled back by itself.
      if (database.isTransaction) database.exec('rollback');
      books.recount();
    },
  });
  return {
    transact: (work) => commits.run(() => work(books)),
    close: async () => {
      commits.flush();
      database.close();
    },
  };
}
