import type { Database } from './database.ts';
import { openMariadb } from './mariadb.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Opens the database that a URL names: `postgres://…`, `mariadb://…` (or `mysql://…`, which means a MariaDB server too),
 * `sqlite:///absolute/file`, `sqlite:relative/file` or `sqlite::memory:`. Nothing is connected yet; the first query, or {@link Database.ping}, does.
 * @throws Error for any other URL.
 */
export function openDatabase(url: string, options: { name?: string; poolSize?: number } = {}): Database {
  if (/^postgres(ql)?:\/\//.test(url)) return openPostgres({ url, ...options });
  if (/^(mariadb|mysql):\/\//.test(url)) return openMariadb({ url, ...options });
  if (url.startsWith('sqlite:')) return openSqlite({ file: sqliteFile(url) });
  throw new Error(`no database is known for the URL scheme "${url.split(':', 1)[0]}"`);
}

function sqliteFile(url: string): string {
  const rest = url.slice('sqlite:'.length);
  return rest.startsWith('//') ? decodeURIComponent(rest.slice(2)) : rest;
}
