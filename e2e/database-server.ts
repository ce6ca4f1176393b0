import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createPool } from '@phone82/persistence';
import type { SystemUnderTest } from './system-under-test.ts';

const POSTGRES = 8082;

/** The address of a database of a running system's own PostgreSQL. */
export async function addressOf({ environment, offset }: SystemUnderTest, database: string): Promise<string> {
  const file = path.join(String(environment.PHONE82_HOME), 'postgres', 'cluster', 'phone82-password');
  const password = (await readFile(file, 'utf8')).trim();
  return `postgres://phone82:${password}@127.0.0.1:${POSTGRES + offset}/${database}`;
}

/** Statements of the operator of the database server. */
export async function atServer(system: SystemUnderTest, ...statements: readonly string[]): Promise<void> {
  const pool = createPool({ url: await addressOf(system, 'postgres'), statementTimeoutMs: 60_000 });
  for (const statement of statements) await pool.query(statement);
  await pool.end();
}
