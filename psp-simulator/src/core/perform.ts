import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { Misbehaviours } from '../misbehaviour/misbehaviours.ts';
import type { MisbehaviourRule } from '../misbehaviour/rules.ts';
import { recordWebhook } from '../webhooks/record-webhook.ts';
import { type Outcome, refuse } from './call.ts';
import { isErrorCode, type PspErrorCode } from './error-codes.ts';
import { keep, replay } from './idempotency.ts';
import type { Asked } from './operations.ts';
import type { PspOptions } from './psp-options.ts';
import { headerOf, type PspRequest } from './request.ts';

/** A request that will be carried out. */
export interface Accepted {
  readonly asked: Asked;
  readonly request: PspRequest;
  /** What its idempotency key counts for, if it has one. */
  readonly scope: string | undefined;
  /** What it is treated with. */
  readonly rule: MisbehaviourRule | undefined;
}

/** Carries a request out in the books: its effect, what is remembered of it and its news in one transaction. */
export const performIn =
  (options: PspOptions, misbehaviours: Misbehaviours) =>
  ({ asked, request, scope, rule }: Accepted, ledger: LedgerTransaction): Outcome => {
    const { environment, refuseDuplicateOrders = true } = options;
    const now = environment.now();
    const known = scope === undefined ? undefined : replay(ledger, scope, now);
    if (known) return known;
    const told = toldCode(request, rule);
    if (told === 'unknown') return refuse('INVALID_REQUEST');
    const { newId } = environment;
    const call = { ...asked, body: request.body, ledger, now, newId, told, refuseDuplicateOrders };
    const outcome = asked.operation.run(call);
    if (scope !== undefined) keep(ledger, scope, outcome, now);
    if (options.deliver) recordWebhook(ledger, outcome, environment, misbehaviours.webhooks);
    return outcome;
  };

/** The refusal that a rule or the test-code header asks for. */
function toldCode(
  request: PspRequest,
  rule: MisbehaviourRule | undefined,
): PspErrorCode | 'unknown' | undefined {
  if (rule?.kind === 'decline') return rule.code;
  const testCode = headerOf(request, 'tosspayments-test-code');
  if (testCode === undefined) return undefined;
  return isErrorCode(testCode) ? testCode : 'unknown';
}
