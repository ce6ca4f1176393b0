/**
 * What an error of the PSP means for the money.
 *
 * - `no`: refused before or by the card company; this call moved nothing, and repeating it will not either
 * - `unknown`: it may have moved money, only a look-up tells
 * - `done`: it was done before; a look-up tells what
 * - `absent`: there is no such payment
 * - `later`: turned away for now; it may be sent again under the same key
 * - `misconfigured`: our keys are wrong; nothing was looked at, and nothing will be until a person mends them
 */
export type ErrorClass = 'no' | 'unknown' | 'done' | 'absent' | 'later' | 'misconfigured';

/**
 * The PSP's error codes (https://docs.tosspayments.com/reference/error-codes), by what they mean. The HTTP status says
 * nothing: 400 and 403 are refusals, passing trouble and successes of before alike.
 */
const codesByClass: Readonly<Record<ErrorClass, readonly string[]>> = {
  no: [
    // The card company, or the card (approval by billing key).
    'REJECT_CARD_PAYMENT',
    'REJECT_CARD_COMPANY',
    'INVALID_REJECT_CARD',
    'INVALID_STOPPED_CARD',
    'INVALID_CARD_LOST_OR_STOLEN',
    'INVALID_CARD_EXPIRATION',
    'INVALID_CARD_NUMBER',
    'INVALID_CARD_INSTALLMENT_PLAN',
    'NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT',
    'NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN',
    'EXCEED_MAX_CARD_INSTALLMENT_PLAN',
    'NOT_AVAILABLE_PAYMENT',
    // The amount.
    'BELOW_MINIMUM_AMOUNT',
    'EXCEED_MAX_AMOUNT',
    'EXCEED_MAX_PAYMENT_AMOUNT',
    'EXCEED_MAX_DAILY_PAYMENT_COUNT',
    'EXCEED_MAX_ONE_DAY_AMOUNT',
    'EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT',
    // The billing key of this customer, and the form of the request.
    'INVALID_BILL_KEY_REQUEST',
    'NOT_MATCHES_CUSTOMER_KEY',
    'INVALID_REQUEST',
    'INVALID_IDEMPOTENCY_KEY',
    // Cancels: the time for it is over, the amount is not there, the bank will not.
    'NOT_CANCELABLE_AMOUNT',
    'NOT_CANCELABLE_PAYMENT',
    'NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER',
    'EXCEED_MAX_REFUND_DUE',
    'EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT',
    'NOT_ALLOWED_PARTIAL_REFUND',
    'REFUND_REJECTED',
  ],
  unknown: [
    'PROVIDER_ERROR',
    'CARD_PROCESSING_ERROR',
    'FORBIDDEN_CONSECUTIVE_REQUEST',
    'FAILED_INTERNAL_SYSTEM_PROCESSING',
    'FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING',
    'FAILED_DB_PROCESSING',
    'FAILED_REFUND_PROCESS',
    'FAILED_METHOD_HANDLING_CANCEL',
    'FAILED_PARTIAL_REFUND',
    'COMMON_ERROR',
    'UNKNOWN_PAYMENT_ERROR',
  ],
  done: [
    'ALREADY_PROCESSED_PAYMENT',
    'DUPLICATED_ORDER_ID',
    'ALREADY_CANCELED_PAYMENT',
    'ALREADY_REFUND_PAYMENT',
  ],
  absent: ['NOT_FOUND_PAYMENT', 'NOT_FOUND'],
  later: ['IDEMPOTENT_REQUEST_PROCESSING', 'TOO_MANY_REQUESTS'],
  misconfigured: ['UNAUTHORIZED_KEY', 'INVALID_API_KEY', 'INCORRECT_BASIC_AUTH_FORMAT', 'FORBIDDEN_REQUEST'],
};

const classes = new Map(
  Object.entries(codesByClass).flatMap(([meaning, codes]) =>
    codes.map((code) => [code, meaning as ErrorClass]),
  ),
);

/** No longer than the columns that keep a code. */
export const clip = (code: string): string => code.slice(0, 64);

/** A code that is not listed is unknown: never a yes, never a no. */
export const classOf = (code: string): ErrorClass => classes.get(code) ?? 'unknown';
