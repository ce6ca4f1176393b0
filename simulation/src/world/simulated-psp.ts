import { createMemoryLedger, createPsp, type Ledger, type WebhookMessage } from '@phone82/psp-simulator';
import { type Environment, startJob } from '@phone82/runtime';
import { silentLog } from '@phone82/testkit';
import type { Respond } from '../network/network.ts';
import type { RunPlan } from './run-plan.ts';

export const pspMisbehaviours = [
  'PSP declines',
  'PSP breaks the connection',
  'PSP answers with an error',
  'PSP slow',
] as const;
export type PspMisbehaviour = (typeof pspMisbehaviours)[number];

export interface SimulatedPsp {
  readonly ledger: Ledger;
  /** Starts it anew on its books; only one that was never killed remembers how to misbehave. */
  start(
    environment: Environment,
    plan: RunPlan,
    deliver: (message: WebhookMessage) => Promise<boolean>,
  ): Respond;
  /** From now on it behaves. */
  heal(): void;
}

const SLOW_MS = 500;

/** The PSP of the real system with its real core, on books in memory that survive its crashes. */
export function createSimulatedPsp(
  note: (what: PspMisbehaviour) => void,
  beforeRefund: (paymentKey: string) => Promise<void>,
): SimulatedPsp {
  const ledger = createMemoryLedger();
  let heal: () => void = () => undefined;
  return {
    ledger,
    heal: () => heal(),
    start: (environment, { misbehaviours, webhooks, refuseDuplicateOrders }, deliver) => {
      const psp = createPsp({ ledger, environment, refuseDuplicateOrders, deliver, webhookRetryMs: 1_000 });
      psp.misbehaviours.set({ rules: [...misbehaviours], webhooks });
      if (psp.jobs.webhooks) startJob(psp.jobs.webhooks, environment, silentLog);
      heal = () => psp.misbehaviours.clear();
      return async ({ method, url, headers, body }) => {
        const began = environment.now();
        const paymentKey = /^\/v1\/payments\/([^/]+)\/cancel$/.exec(url)?.[1];
        if (paymentKey) await beforeRefund(decodeURIComponent(paymentKey));
        const reply = await psp.handle({ method, path: url, headers, body });
        if (environment.now() - began >= SLOW_MS) note('PSP slow');
        if (reply.kind === 'dropped') {
          note('PSP breaks the connection');
          return undefined;
        }
        const { code } = reply.body as { code?: string };
        if (code === 'REJECT_CARD_PAYMENT') note('PSP declines');
        else if (reply.status >= 400 && reply.status !== 404) note('PSP answers with an error');
        return { status: reply.status, headers: {}, body: JSON.stringify(reply.body) };
      };
    },
  };
}
