import { setTimeout as delay } from 'node:timers/promises';
import type { LinkName } from '../system/links.ts';
import type { Fault } from './fault.ts';

/** `reset`: connections break and new ones are refused. `black hole`: nothing gets through, and nobody is told. */
export type CutOff = 'reset' | 'black hole';

/** The network between two parts of the system fails for a time. */
export const cutOff = (name: LinkName, how: CutOff): Fault => ({
  kind: 'cut-off',
  name: `cut-off ${name} (${how})`,
  strike: async ({ links, units }, forMs) => {
    const link = links.get(name);
    if (!link) throw new Error(`nothing stands between ${name}`);
    if (how === 'reset') link.cut();
    else link.stall();
    await delay(forMs);
    link.heal();
    await units.untilReady();
  },
});
