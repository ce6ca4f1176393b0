import type { Environment } from '@phone82/runtime';
import type { OperationName } from '../core/call.ts';
import type { MisbehaviourRule, MisbehaviourSettings, WebhookMisbehaviour } from './rules.ts';

/** How the simulated PSP is told to misbehave. Kept in memory: a new process behaves. */
export interface Misbehaviours {
  /** Replaces everything that was told before. */
  set(settings: MisbehaviourSettings): void;
  /** What is in force; `times` counts down. */
  settings(): MisbehaviourSettings;
  clear(): void;
  /** The first rule that strikes a request, if any. */
  strike(operation: OperationName, orderId: string | undefined): MisbehaviourRule | undefined;
  readonly webhooks: WebhookMisbehaviour;
  /** Whether a rule names an order. */
  readonly nameOrders: boolean;
}

type Entry = { readonly rule: MisbehaviourRule; left: number };

export function createMisbehaviours({ random }: Pick<Environment, 'random'>): Misbehaviours {
  let entries: Entry[] = [];
  let webhooks: WebhookMisbehaviour = {};
  const set = (settings: MisbehaviourSettings) => {
    entries = (settings.rules ?? []).map((rule) => ({ rule, left: timesOf(rule) }));
    webhooks = settings.webhooks ?? {};
  };
  return {
    set,
    clear: () => set({}),
    settings: () => ({ rules: entries.map(remaining), webhooks }),
    strike: (operation, orderId) => {
      const struck = entries.find(
        (entry) => concerns(entry.rule, operation, orderId) && hits(entry.rule, random),
      );
      if (struck && --struck.left === 0) entries = entries.filter((entry) => entry !== struck);
      return struck?.rule;
    },
    get webhooks() {
      return webhooks;
    },
    get nameOrders() {
      return entries.some(({ rule }) => rule.kind !== 'down' && rule.orderId !== undefined);
    },
  };
}

const timesOf = (rule: MisbehaviourRule) => (rule.kind === 'down' ? Infinity : (rule.times ?? Infinity));

const remaining = ({ rule, left }: Entry): MisbehaviourRule =>
  left === Infinity ? rule : ({ ...rule, times: left } as MisbehaviourRule);

function concerns(rule: MisbehaviourRule, operation: OperationName, orderId: string | undefined): boolean {
  if (rule.kind === 'down') return true;
  const { operation: named = 'any', orderId: order = orderId } = rule;
  return (named === 'any' || named === operation) && order === orderId;
}

/** A rule without a rate always strikes, and takes nothing from the stream of chance. */
const hits = (rule: MisbehaviourRule, random: () => number) =>
  rule.kind === 'down' || rule.rate === undefined || random() < rule.rate;
