import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFloor } from '../floor/start.ts';
import { PAY_CANCELLED, SHIPPED } from '../floor/status.ts';
import type { Subject } from './subject.ts';

/** The bare floor with data and ports of its own. */
export async function startBareFloor(): Promise<Subject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'phone82-floor-'));
  const before = await startFloor(folder);
  await before.stop();
  const floor = await startFloor(folder);
  const database = floor.database('customer');
  const query = (state: string) => `select id from views where id = any($1::bigint[]) and ${state}`;
  return {
    role: 'beside',
    label: 'the floor',
    url: (process) => floor.url(process),
    whole: { database, query: query(`status = ${SHIPPED} and point = 300000`) },
    undone: { database, query: query(`status = ${PAY_CANCELLED} and point = 0`) },
    pids: floor.pids,
    readySeconds: { first: before.readyMs / 1_000, second: floor.readyMs / 1_000 },
    stop: async () => {
      await floor.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
