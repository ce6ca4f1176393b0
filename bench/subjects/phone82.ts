import { newSystem, type SystemUnderTest, succeeded } from '../../e2e/system-under-test.ts';
import { databasesOf } from '../stored/databases.ts';
import { fillPhone82 } from '../stored/fill.ts';
import type { Subject } from './subject.ts';

export interface Phone82Options {
  readonly role: Subject['role'];
  readonly stored?: number;
  /** Told how far the copying of stored orders is. */
  readonly tell?: (line: string) => void;
  /** Words for `./phone82 up`. */
  readonly up?: readonly string[];
}

/** A whole phone82 with data and ports of its own, as `./phone82 up` starts it; with orders in it already, if wanted. */
export async function startPhone82(options: Phone82Options): Promise<Subject> {
  const system = await newSystem();
  try {
    return await started(system, options);
  } catch (error) {
    await system.dispose();
    throw error;
  }
}

async function started(system: SystemUnderTest, options: Phone82Options): Promise<Subject> {
  const { role, stored = 0, up = [], tell } = options;
  const first = await secondsUntilUp(system, up);
  if (stored > 0) await fillPhone82(system, stored, tell ?? (() => undefined));
  succeeded(await system.run('down'));
  const second = await secondsUntilUp(system, up);
  const database = (await databasesOf(system))('customer');
  const query = (state: string) =>
    `select id from order_views where id = any($1::bigint[]) and ${state} and visible = 1`;
  return {
    role,
    label: labelOf(options),
    url: (process) => system.url(process).replace('localhost', '127.0.0.1'),
    whole: { database, query: query("status = 'Shipped' and point = 300000") },
    undone: { database, query: query("status = 'PayCancelled' and point = 0") },
    pids: await pidsOf(system),
    readySeconds: { first, second },
    stop: () => system.dispose(),
  };
}

function labelOf({ role, stored = 0, up = [] }: Phone82Options): string {
  if (stored > 0) return `phone82 with ${stored.toLocaleString('en')} orders stored`;
  if (up.length > 0) return `phone82 ${up.join(' ')}`;
  return role === 'measured' ? 'phone82' : 'phone82, embedded and empty';
}

async function secondsUntilUp(system: SystemUnderTest, words: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  succeeded(await system.run('up', '--detach', ...words));
  return (performance.now() - startedAt) / 1_000;
}

interface Status {
  readonly services: readonly { readonly name: string; readonly pid?: number }[];
  readonly servers: readonly { readonly name: string; readonly pid?: number }[];
  readonly supervisor: { readonly pid: number };
}

async function pidsOf(system: SystemUnderTest): Promise<Record<string, number>> {
  const status = JSON.parse(succeeded(await system.run('status', '--json'))) as Status;
  const { services, servers, supervisor } = status;
  return {
    ...Object.fromEntries([...services, ...servers].map(({ name, pid = 0 }) => [name, pid])),
    supervisor: supervisor.pid,
  };
}
