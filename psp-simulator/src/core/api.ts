import { failpoint } from '@phone82/runtime';
import type { Misbehaviours } from '../misbehaviour/misbehaviours.ts';
import { replyInstead } from '../misbehaviour/reply-instead.ts';
import { authenticationFault } from './authentication.ts';
import { keyFault, scopeOf } from './idempotency.ts';
import { operationFor } from './operations.ts';
import { orderOfRequest } from './order-of-request.ts';
import { type Accepted, performIn } from './perform.ts';
import type { PspOptions } from './psp-options.ts';
import { errorReply, languageOf, replyTo } from './reply.ts';
import { headerOf, type PspReply, type PspRequest } from './request.ts';

const DEFAULT_KEY = 'test_sk_phone82';

/** Answers requests of the API. */
export function createApi(options: PspOptions, misbehaviours: Misbehaviours) {
  const { ledger, secretKey = DEFAULT_KEY } = options;
  const carryOutOnce = onePerKey(carryOutBy(options, misbehaviours));
  return async (request: PspRequest): Promise<PspReply> => {
    const language = languageOf(request);
    const asked = operationFor(request.method, request.path);
    if (!asked) return errorReply('NOT_FOUND', language);
    const order = misbehaviours.nameOrders ? await orderOfRequest(ledger, asked, request) : undefined;
    const rule = misbehaviours.strike(asked.operation.name, order);
    const instead = rule && replyInstead(rule, language);
    if (instead) return instead;
    const key = request.method === 'POST' ? headerOf(request, 'idempotency-key') : undefined;
    const fault = authenticationFault(headerOf(request, 'authorization'), secretKey) ?? keyFault(key);
    if (fault) return errorReply(fault, language);
    const scope = key === undefined ? undefined : scopeOf(key, secretKey, request);
    return carryOutOnce({ asked, request, scope, rule });
  };
}

type CarryOut = (accepted: Accepted) => Promise<PspReply>;

function carryOutBy(options: PspOptions, misbehaviours: Misbehaviours): CarryOut {
  const { ledger, environment } = options;
  const perform = performIn(options, misbehaviours);
  return async (accepted) => {
    const { request, rule } = accepted;
    const slow = rule?.kind === 'slow' ? rule : undefined;
    if (slow?.commit === 'last') await environment.sleep(slow.ms);
    const outcome = await ledger.transact((books) => perform(accepted, books));
    if (request.method === 'POST') failpoint('psp-after-accept');
    if (slow && slow.commit !== 'last') await environment.sleep(slow.ms);
    if (rule?.kind === 'dropReply') return { kind: 'dropped' };
    return replyTo(outcome, environment.now(), languageOf(request));
  };
}

/** One request at a time for each idempotency key: the others are told to come back. */
function onePerKey(carryOut: CarryOut): CarryOut {
  const inFlight = new Set<string>();
  return async (accepted) => {
    const { scope, request } = accepted;
    if (scope === undefined) return carryOut(accepted);
    if (inFlight.has(scope)) return errorReply('IDEMPOTENT_REQUEST_PROCESSING', languageOf(request));
    inFlight.add(scope);
    return carryOut(accepted).finally(() => inFlight.delete(scope));
  };
}
