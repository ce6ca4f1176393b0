import type { Fault, Target } from './fault.ts';

/** A process dies without a word (SIGKILL). The supervisor is to start it again. */
export const kill = (target: Target): Fault => ({
  kind: 'kill',
  name: `kill ${target}`,
  strike: async ({ units }) => {
    const pid = await units.pidOf(target);
    process.kill(pid, 'SIGKILL');
    await units.untilReady([pid]);
  },
});
