import type { Outcome } from './call.ts';
import { errorBody, errorCodes, type Language, type PspErrorCode } from './error-codes.ts';
import { paymentObject } from './payment-object.ts';
import { headerOf, type PspReply, type PspRequest } from './request.ts';
import { transactionObject } from './transaction-object.ts';

/** Korean, unless the caller asks for English first. */
export const languageOf = (request: PspRequest): Language =>
  headerOf(request, 'accept-language')?.trim().toLowerCase().startsWith('en') ? 'en' : 'ko';

export function replyTo(outcome: Outcome, now: number, language: Language): PspReply {
  if (outcome.kind === 'refused') return errorReply(outcome.code, language);
  const body =
    outcome.kind === 'payment'
      ? paymentObject(outcome.payment, now, language)
      : outcome.transactions.map(transactionObject);
  return { kind: 'answered', status: 200, body };
}

export const errorReply = (code: PspErrorCode, language: Language): PspReply => ({
  kind: 'answered',
  status: errorCodes[code].status,
  body: errorBody(code, language),
});
