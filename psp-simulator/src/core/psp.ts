import type { JobOptions } from '@phone82/runtime';
import type { Balance, BalanceQuery } from '../ledger/ledger.ts';
import { createMisbehaviours, type Misbehaviours } from '../misbehaviour/misbehaviours.ts';
import { webhookJob } from '../webhooks/webhook-job.ts';
import { createApi } from './api.ts';
import type { PaymentObject } from './payment-object.ts';
import type { PspOptions } from './psp-options.ts';
import type { PspReply, PspRequest } from './request.ts';
import { forgetRepliesJob } from './retention.ts';
import { openSession, type SessionRequest } from './session.ts';

/** A payment service provider with books of its own. */
export interface Psp {
  /** Answers a request of the API, with all that it was told to do wrong. Rejects if the books can't be written. */
  handle(request: PspRequest): Promise<PspReply>;
  readonly misbehaviours: Misbehaviours;
  /** What the browser does with the real PSP: begins a payment that is confirmed later. */
  openSession(session: SessionRequest): Promise<PaymentObject>;
  /** What each order's money came to. */
  balances(query: Partial<BalanceQuery>): Promise<readonly Balance[]>;
  /** What it does by itself: sends webhooks, forgets idempotency keys. Started by whoever runs it. */
  readonly jobs: { readonly webhooks?: JobOptions; readonly retention: JobOptions };
}

const MOST_BALANCES = 1_000;

export function createPsp(options: PspOptions): Psp {
  const { ledger, environment, deliver, webhookRetryMs = 60_000 } = options;
  const misbehaviours = createMisbehaviours(environment);
  const news = { ledger, environment, misbehaviours, retryMs: webhookRetryMs };
  return {
    handle: createApi(options, misbehaviours),
    misbehaviours,
    openSession: (session) => openSession(ledger, environment, session),
    balances: ({ orderIdPrefix = '', startingAfter = '', limit = MOST_BALANCES }) =>
      ledger.transact((books) => books.balances({ orderIdPrefix, startingAfter, limit })),
    jobs: {
      ...(deliver && { webhooks: webhookJob({ ...news, deliver }) }),
      retention: forgetRepliesJob(ledger, environment),
    },
  };
}
