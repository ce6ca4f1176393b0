import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Failpoint } from '@phone82/runtime';
import type { Fault } from './fault.ts';

const LOOK_EVERY_MS = 50;
const REACHED_WITHIN_MS = 30_000;

/** The first process that comes to a certain moment dies in it. */
export const strikeAt = (failpoint: Failpoint): Fault => ({
  kind: 'failpoint',
  name: `failpoint ${failpoint}`,
  strike: async ({ failpoints, units }) => {
    await writeFile(path.join(failpoints, failpoint), '');
    const victim = await untilStruck(failpoints, failpoint);
    await units.untilReady([victim]);
  },
});

/** The process that died. @throws Error where none came by in time. */
async function untilStruck(folder: string, failpoint: Failpoint): Promise<number> {
  const deadline = performance.now() + REACHED_WITHIN_MS;
  while (performance.now() < deadline) {
    await delay(LOOK_EVERY_MS);
    const claimed = (await readdir(folder)).find((name) => name.startsWith(`${failpoint}.`));
    if (!claimed) continue;
    await rm(path.join(folder, claimed));
    return Number(claimed.slice(failpoint.length + 1));
  }
  await rm(path.join(folder, failpoint), { force: true });
  throw new Error(`no process came to ${failpoint}`);
}
