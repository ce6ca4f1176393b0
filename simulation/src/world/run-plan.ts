import type { MisbehaviourRule, Psp } from '@phone82/psp-simulator';
import type { ShippingRule } from '../../../services/store/src/usecases/ports.ts';
import type { Chance } from '../engine/chance.ts';

type WebhookMisbehaviour = Psp['misbehaviours']['webhooks'];

/** What one run is like, drawn from its seed. */
export interface RunPlan {
  readonly orders: number;
  /** How long faults strike, in virtual milliseconds. */
  readonly faultsForMs: number;
  readonly copies: Readonly<Record<string, number>>;
  /** Whether store and marketing keep their records in files of their own, as on a laptop, or on a server. */
  readonly isEmbedded: boolean;
  readonly shipping: ShippingRule;
  readonly misbehaviours: readonly MisbehaviourRule[];
  readonly webhooks: WebhookMisbehaviour;
  /** False: the PSP knows a repeated charge by its idempotency key only. */
  readonly refuseDuplicateOrders: boolean;
  readonly foreignOrders: number;
  readonly rebuilds: number;
  /** Orders that other implementations worked on before any of our services began. */
  readonly pastOrders: number;
}

export function planRun(chance: Chance): RunPlan {
  const isEmbedded = chance.happens(0.5);
  const copiesOf = (canHaveSeveral: boolean) => (canHaveSeveral && chance.happens(0.3) ? 2 : 1);
  return {
    orders: 2 + chance.below(7),
    faultsForMs: chance.between(3_000, 12_000),
    copies: {
      app: copiesOf(true),
      pay: copiesOf(true),
      store: copiesOf(!isEmbedded),
      marketing: copiesOf(!isEmbedded),
      customer: copiesOf(true),
    },
    isEmbedded,
    shipping: chance.pick([
      { manual: true, delayMs: 0 },
      { manual: false, delayMs: 0 },
      { manual: false, delayMs: 1_000 },
    ]),
    misbehaviours: misbehaviours(chance),
    webhooks: chance.pick([
      { lose: 1 },
      {},
      { copies: 2, shuffle: true },
      { delayMs: 2_500, shuffle: true, copies: 2, lose: 0.3 },
    ]),
    refuseDuplicateOrders: chance.happens(0.5),
    foreignOrders: chance.happens(0.4) ? 1 + chance.below(2) : 0,
    rebuilds: chance.happens(0.3) ? 1 + chance.below(2) : 0,
    pastOrders: chance.happens(0.4) ? 1 + chance.below(3) : 0,
  };
}

function misbehaviours(chance: Chance): MisbehaviourRule[] {
  const all: readonly MisbehaviourRule[] = [
    { kind: 'decline', operation: 'charge', code: 'REJECT_CARD_PAYMENT', rate: 0.25 },
    { kind: 'slow', ms: 1_500, rate: 0.2 },
    { kind: 'slow', operation: 'charge', ms: 3_000, commit: 'last', rate: 0.2 },
    { kind: 'slow', operation: 'charge', ms: 5_500, commit: 'last', rate: 0.15 },
    { kind: 'dropReply', rate: 0.2 },
    { kind: 'dropRequest', rate: 0.2 },
    { kind: 'error', status: 500, code: 'FAILED_INTERNAL_SYSTEM_PROCESSING', rate: 0.2 },
    { kind: 'error', status: 400, code: 'PROVIDER_ERROR', rate: 0.15 },
    { kind: 'error', status: 429, code: 'TOO_MANY_REQUESTS', rate: 0.2 },
    { kind: 'error', status: 403, code: 'SOMETHING_NEW', rate: 0.1 },
    { kind: 'error', operation: 'lookUp', status: 500, code: 'COMMON_ERROR', rate: 0.4 },
    { kind: 'error', operation: 'cancel', status: 500, code: 'FAILED_REFUND_PROCESS', rate: 0.3 },
  ];
  return all.filter(() => chance.happens(0.25));
}
