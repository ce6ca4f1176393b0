interface ErrorCode {
  readonly status: number;
  readonly ko: string;
  readonly en: string;
}

const code = (status: number, ko: string, en: string): ErrorCode => ({ status, ko, en });

/** The PSP's own codes, with the HTTP status and the sentences that it answers them with. */
export const errorCodes = {
  REJECT_CARD_PAYMENT: code(
    403,
    '한도초과 혹은 잔액부족으로 결제에 실패했습니다.',
    'Payment failed: over the limit, or not enough balance.',
  ),
  REJECT_CARD_COMPANY: code(403, '결제 승인이 거절되었습니다.', 'The card company rejected the payment.'),
  INVALID_REJECT_CARD: code(
    400,
    '카드 사용이 거절되었습니다. 카드사 문의가 필요합니다.',
    'The card was declined; ask its issuer.',
  ),
  INVALID_STOPPED_CARD: code(400, '정지된 카드 입니다.', 'This card is suspended.'),
  BELOW_MINIMUM_AMOUNT: code(
    400,
    '신용카드는 결제금액이 100원 이상부터 결제가 가능합니다.',
    'A card pays 100 won at least.',
  ),
  INVALID_REQUEST: code(400, '잘못된 요청입니다.', 'The request is not valid.'),
  DUPLICATED_ORDER_ID: code(
    400,
    '이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.',
    'An order of this id was approved or cancelled already; take another order id.',
  ),
  ALREADY_PROCESSED_PAYMENT: code(400, '이미 처리된 결제 입니다.', 'This payment was processed already.'),
  PROVIDER_ERROR: code(
    400,
    '일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.',
    'A passing error; try again in a moment.',
  ),
  FORBIDDEN_CONSECUTIVE_REQUEST: code(
    403,
    '반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요.',
    'Requests came too close together; try again in a moment.',
  ),
  INVALID_IDEMPOTENCY_KEY: code(
    400,
    '멱등키는 300자 이하여야 합니다.',
    'An idempotency key has 1 to 300 characters.',
  ),
  IDEMPOTENT_REQUEST_PROCESSING: code(
    409,
    '이전 멱등 요청이 처리중입니다.',
    'The request with this idempotency key is still being processed.',
  ),
  NOT_FOUND_PAYMENT: code(404, '존재하지 않는 결제 입니다.', 'There is no such payment.'),
  NOT_FOUND_PAYMENT_SESSION: code(
    404,
    '결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.',
    'The time to pay is over: there is no payment session.',
  ),
  NOT_FOUND: code(404, '존재하지 않는 정보 입니다.', 'There is no such resource.'),
  ALREADY_CANCELED_PAYMENT: code(400, '이미 취소된 결제 입니다.', 'This payment was cancelled already.'),
  NOT_CANCELABLE_AMOUNT: code(403, '취소 할 수 없는 금액 입니다.', 'This amount can not be cancelled.'),
  NOT_CANCELABLE_PAYMENT: code(403, '취소 할 수 없는 결제 입니다.', 'This payment can not be cancelled.'),
  EXCEED_MAX_REFUND_DUE: code(403, '환불 가능한 기간이 지났습니다.', 'The time for a refund is over.'),
  REFUND_REJECTED: code(400, '환불이 거절됐습니다. 결제사에 문의해주세요.', 'The refund was rejected.'),
  UNAUTHORIZED_KEY: code(401, '인증되지 않은 시크릿 키 입니다.', 'The secret key is not known.'),
  INCORRECT_BASIC_AUTH_FORMAT: code(
    403,
    "잘못된 요청입니다. ':' 를 포함해 인코딩해주세요.",
    "Encode the secret key together with the ':' behind it.",
  ),
  FAILED_INTERNAL_SYSTEM_PROCESSING: code(
    500,
    '내부 시스템 처리 작업이 실패했습니다. 잠시 후 다시 시도해주세요.',
    'The internal processing failed; try again in a moment.',
  ),
  COMMON_ERROR: code(500, '일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.', 'A passing error.'),
  FAILED_REFUND_PROCESS: code(
    500,
    '은행 응답시간 지연이나 일시적인 오류로 환불요청에 실패했습니다.',
    'The refund failed: the bank was slow, or a passing error.',
  ),
  UNKNOWN_PAYMENT_ERROR: code(
    500,
    '결제에 실패했어요. 같은 문제가 반복된다면 은행이나 카드사로 문의해주세요.',
    'The payment failed for a reason that is not known.',
  ),
} as const satisfies Record<string, ErrorCode>;

export type PspErrorCode = keyof typeof errorCodes;

export const isErrorCode = (name: string): name is PspErrorCode => Object.hasOwn(errorCodes, name);

export type Language = 'ko' | 'en';

/** What the PSP sends for an error. */
export const errorBody = (name: PspErrorCode, language: Language) => ({
  code: name,
  message: errorCodes[name][language],
});
