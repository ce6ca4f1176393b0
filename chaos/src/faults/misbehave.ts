import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './fault.ts';

const misbehaviours = {
  'loses replies': { rules: [{ kind: 'dropReply', rate: 0.5 }] },
  'loses requests': { rules: [{ kind: 'dropRequest', rate: 0.5 }] },
  'is slow': { rules: [{ kind: 'slow', ms: 3_000, rate: 0.5 }] },
  'answers 500': { rules: [{ kind: 'error', status: 500, rate: 0.5 }] },
  'answers 429': { rules: [{ kind: 'error', status: 429, rate: 0.5 }] },
  declines: { rules: [{ kind: 'decline', code: 'REJECT_CARD_PAYMENT', operation: 'charge', rate: 0.5 }] },
  'is down': { rules: [{ kind: 'down' }] },
  'sends webhooks late, twice and out of order': { webhooks: { delayMs: 1_000, copies: 2, shuffle: true } },
  'sends no webhooks': { webhooks: { lose: 1 } },
} as const;

export type Misbehaviour = keyof typeof misbehaviours;
export const allMisbehaviours = Object.keys(misbehaviours) as readonly Misbehaviour[];

/** The PSP runs, but not as it should. */
export const misbehave = (how: Misbehaviour): Fault => ({
  kind: 'PSP',
  name: `PSP ${how}`,
  strike: async ({ api }, forMs) => {
    await instruct(misbehaviours[how]);
    await delay(forMs);
    await instruct({});

    async function instruct(settings: object): Promise<void> {
      const { status } = await api.put('psp-simulator', '/simulator/misbehaviours', settings);
      if (status !== 200) throw new Error(`the PSP took no instructions: ${status}`);
    }
  },
});
