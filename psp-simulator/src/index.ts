export { createPsp, type Psp } from './core/psp.ts';
export type { PspOptions } from './core/psp-options.ts';
export type { PspReply } from './core/request.ts';
export { createPspServer } from './http/server.ts';
export type { Ledger } from './ledger/ledger.ts';
export { createMemoryLedger } from './ledger/memory-ledger.ts';
export type { MisbehaviourRule } from './misbehaviour/rules.ts';
export type { WebhookMessage } from './webhooks/webhook-message.ts';
