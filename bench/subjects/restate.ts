import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ORDER_ROUTE } from '../restate/order-route.ts';
import { startRestateSystem } from '../restate/start.ts';
import type { Subject } from './subject.ts';

/** The same life of an order on Restate, with data and ports of its own. */
export async function startRestate(log: (line: string) => void): Promise<Subject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'phone82-restate-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const system = await startRestateSystem(folder, log).catch(async (error) => {
    await remove();
    throw error;
  });
  const seconds = system.readyMs / 1_000;
  return {
    role: 'beside',
    label: 'Restate',
    url: () => system.url,
    orderRoute: ORDER_ROUTE,
    whole: 'answer',
    pids: system.pids,
    readySeconds: { first: seconds, second: seconds },
    stop: async () => {
      await system.stop();
      await remove();
    },
  };
}
