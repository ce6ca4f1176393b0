import { errorCodes, type PspErrorCode } from './error-codes.ts';

/** A refusal of the payment itself leaves an aborted payment behind; an inner failure leaves nothing. */
export const isRecorded = (code: PspErrorCode): boolean => errorCodes[code].status < 500;
