import type { Fault, Target } from './fault.ts';

/** A process is stopped cleanly (SIGTERM) and started again, as for an update. */
export const restart = (target: Target): Fault => ({
  kind: 'restart',
  name: `restart ${target}`,
  strike: async ({ units }) => {
    await units.stop(target);
    await units.start(target);
    await units.untilReady();
  },
});
