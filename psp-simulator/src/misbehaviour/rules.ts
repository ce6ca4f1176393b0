import Type, { type Static, type TProperties } from 'typebox';
import { errorCodes, type PspErrorCode } from '../core/error-codes.ts';

const operations = ['charge', 'confirm', 'cancel', 'lookUp', 'transactions', 'any'] as const;

/** Whom a rule concerns, how often, and how many times at most. */
const scope = {
  orderId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  operation: Type.Optional(Type.Enum(operations)),
  rate: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  times: Type.Optional(Type.Integer({ minimum: 1 })),
};

const closed = { additionalProperties: false } as const;
const rule = <Kind extends string, Fields extends TProperties>(kind: Kind, fields: Fields) =>
  Type.Object({ ...scope, kind: Type.Literal(kind), ...fields }, closed);

export const MisbehaviourRule = Type.Union([
  /** Refuses with a code of the API, durably: the same idempotency key gets the same refusal. */
  rule('decline', { code: Type.Enum(Object.keys(errorCodes) as PspErrorCode[]) }),
  /** Answers late. `commit`: whether the money moves before the wait (the default) or behind it. */
  rule('slow', {
    ms: Type.Integer({ minimum: 0, maximum: 600_000 }),
    commit: Type.Optional(Type.Enum(['first', 'last'])),
  }),
  /** The money moves, the answer is lost. */
  rule('dropReply', {}),
  /** The request is lost, nothing moves. */
  rule('dropRequest', {}),
  /** Answers so, and nothing moves nor is remembered. */
  rule('error', {
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  }),
  /** Every connection of the API breaks. */
  Type.Object({ kind: Type.Literal('down') }, closed),
]);
export type MisbehaviourRule = Static<typeof MisbehaviourRule>;

export const WebhookMisbehaviour = Type.Object(
  {
    /** How late every webhook is. */
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 600_000 })),
    /** How often each one is sent. */
    copies: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
    /** Each one waits up to a second more, so that later ones overtake it. */
    shuffle: Type.Optional(Type.Boolean()),
    /** The share that is never sent. */
    lose: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  },
  closed,
);
export type WebhookMisbehaviour = Static<typeof WebhookMisbehaviour>;

export const MisbehaviourSettings = Type.Object(
  {
    rules: Type.Optional(Type.Array(MisbehaviourRule, { maxItems: 10_000 })),
    webhooks: Type.Optional(WebhookMisbehaviour),
  },
  closed,
);
export type MisbehaviourSettings = Static<typeof MisbehaviourSettings>;
