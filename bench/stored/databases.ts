import { readFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { SystemUnderTest } from '../../e2e/system-under-test.ts';

const POSTGRES_PORT = 8082;

/** The connection strings of a system's PostgreSQL databases, which have to be there. */
export async function databasesOf({
  environment,
  offset,
}: SystemUnderTest): Promise<(service: 'app' | 'pay' | 'customer' | 'bus') => string> {
  const file = path.join(environment.PHONE82_HOME as string, 'postgres', 'cluster', 'phone82-password');
  const password = (await readFile(file, 'utf8')).trim();
  return (service) => `postgres://phone82:${password}@127.0.0.1:${POSTGRES_PORT + offset}/phone82_${service}`;
}

export const sqliteFileOf = ({ environment }: SystemUnderTest, name: string) =>
  path.join(environment.PHONE82_HOME as string, 'sqlite', `${name}.db`);

/** A connection of one's own for a while. What it commits need not outlive the machine: what is copied can be copied again. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, options: '-c synchronous_commit=off' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
