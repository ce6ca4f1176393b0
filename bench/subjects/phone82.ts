import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { newSystem, type SystemUnderTest, succeeded } from '../../e2e/system-under-test.ts';
import type { Subject } from './subject.ts';

const POSTGRES_PORT = 8082;

/** A whole phone82 with data and ports of its own, as `./phone82 up` starts it. */
export async function startPhone82(): Promise<Subject> {
  const system = await newSystem();
  const first = await secondsUntilUp(system);
  succeeded(await system.run('down'));
  const second = await secondsUntilUp(system);
  const database = await customerDatabase(system);
  const query = (state: string) =>
    `select id from order_views where id = any($1::bigint[]) and ${state} and visible = 1`;
  return {
    name: 'phone82',
    url: (process) => system.url(process).replace('localhost', '127.0.0.1'),
    whole: { database, query: query("status = 'Shipped' and point = 300000") },
    undone: { database, query: query("status = 'PayCancelled' and point = 0") },
    pids: await pidsOf(system),
    readySeconds: { first, second },
    stop: () => system.dispose(),
  };
}

async function secondsUntilUp(system: SystemUnderTest): Promise<number> {
  const startedAt = performance.now();
  succeeded(await system.run('up', '--detach'));
  return (performance.now() - startedAt) / 1_000;
}

async function customerDatabase({ environment, offset }: SystemUnderTest): Promise<string> {
  const file = path.join(environment.PHONE82_HOME as string, 'postgres', 'cluster', 'phone82-password');
  const password = (await readFile(file, 'utf8')).trim();
  return `postgres://phone82:${password}@127.0.0.1:${POSTGRES_PORT + offset}/phone82_customer`;
}

interface Status {
  readonly services: readonly { readonly name: string; readonly pid?: number }[];
  readonly postgres: { readonly pid: number };
  readonly supervisor: { readonly pid: number };
}

async function pidsOf(system: SystemUnderTest): Promise<Record<string, number>> {
  const status = JSON.parse(succeeded(await system.run('status', '--json'))) as Status;
  const { services, postgres, supervisor } = status;
  return {
    ...Object.fromEntries(services.map(({ name, pid = 0 }) => [name, pid])),
    supervisor: supervisor.pid,
    postgres: postgres.pid,
  };
}
