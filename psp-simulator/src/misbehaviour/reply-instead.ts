import { errorBody, isErrorCode, type Language } from '../core/error-codes.ts';
import type { PspReply } from '../core/request.ts';
import type { MisbehaviourRule } from './rules.ts';

/** What a request gets that is not carried out; undefined if it is. */
export function replyInstead(rule: MisbehaviourRule, language: Language): PspReply | undefined {
  if (rule.kind === 'down' || rule.kind === 'dropRequest') return { kind: 'dropped' };
  if (rule.kind !== 'error') return undefined;
  const { status, code = 'COMMON_ERROR' } = rule;
  const body = isErrorCode(code) ? errorBody(code, language) : { code, message: code };
  return { kind: 'answered', status, body };
}
