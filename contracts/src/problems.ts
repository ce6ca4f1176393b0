import Type, { type Static } from 'typebox';

/**
 * What the same request gets when it is sent again. `final`: the same refusal. `temporary`: perhaps another answer, once time has
 * passed or another service has acted. An idempotency key keeps final refusals only.
 */
export type Lasting = 'final' | 'temporary';

interface ProblemKind {
  readonly status: number;
  readonly lasts: Lasting;
  readonly ko: string;
  readonly en: string;
}

/**
 * Every refusal a service can answer with (RFC 9457). The code is stable: clients may branch on it.
 * `{name}` in a text is filled from the problem's parameters. Documented in docs/problems.md.
 */
export const problems = {
  'body-malformed': {
    status: 400,
    lasts: 'final',
    ko: '요청 본문이 올바른 JSON이 아닙니다.',
    en: 'The body is not valid JSON.',
  },
  'request-invalid': {
    status: 400,
    lasts: 'final',
    ko: '요청이 올바르지 않습니다: {reason}',
    en: 'The request is not valid: {reason}',
  },
  'body-too-large': {
    status: 413,
    lasts: 'final',
    ko: '요청 본문이 너무 큽니다.',
    en: 'The body is too large.',
  },
  'media-type-unsupported': {
    status: 415,
    lasts: 'final',
    ko: '본문은 application/json이어야 합니다.',
    en: 'The body has to be application/json.',
  },
  'request-timeout': {
    status: 408,
    lasts: 'temporary',
    ko: '요청이 제때 도착하지 않았습니다. 아무것도 처리하지 않았습니다.',
    en: 'The request did not arrive in time. Nothing was done.',
  },
  'not-signed-in': {
    status: 401,
    lasts: 'temporary',
    ko: '로그인이 필요합니다.',
    en: 'Please sign in.',
  },
  forbidden: {
    status: 403,
    lasts: 'temporary',
    ko: '이 작업을 할 권한이 없습니다.',
    en: 'You are not allowed to do this.',
  },
  'request-not-same-origin': {
    status: 403,
    lasts: 'final',
    ko: '다른 사이트에서 보낸 요청은 처리하지 않습니다.',
    en: 'A request that comes from another site is not carried out.',
  },
  'not-found': { status: 404, lasts: 'temporary', ko: '찾을 수 없습니다.', en: 'There is nothing here.' },
  'method-not-allowed': {
    status: 405,
    lasts: 'final',
    ko: '이 주소에 쓸 수 없는 메서드입니다.',
    en: 'This address does not take that method.',
  },
  'item-unknown': {
    status: 422,
    lasts: 'final',
    ko: '없는 상품입니다: {item}',
    en: 'There is no such item: {item}',
  },
  'payment-declined': {
    status: 402,
    lasts: 'final',
    ko: '결제가 거절되었습니다 ({declineCode}).',
    en: 'The payment was declined ({declineCode}).',
  },
  'payment-voided': {
    status: 409,
    lasts: 'final',
    ko: '이미 취소된 주문의 결제입니다.',
    en: 'The order of this payment was cancelled before.',
  },
  'payment-mismatch': {
    status: 422,
    lasts: 'final',
    ko: '같은 주문 번호에 금액이나 결제 참조가 다른 결제가 이미 있습니다.',
    en: 'A payment with another amount or reference exists for this order.',
  },
  'payment-price-missing': {
    status: 422,
    lasts: 'final',
    ko: '결제할 금액이 없습니다. 금액은 1원 이상이어야 합니다.',
    en: 'There is no amount to pay: it has to be at least 1 won.',
  },
  'refund-not-reportable': {
    status: 409,
    lasts: 'temporary',
    ko: '가져온 결제가 취소를 기다리는 때에만 환불을 알릴 수 있습니다({process}).',
    en: 'A refund is reported only of an imported payment that waits for it ({process}).',
  },
  'payment-unavailable': {
    status: 503,
    lasts: 'temporary',
    ko: '지금은 결제할 수 없습니다. 잠시 후 다시 주문해 주세요.',
    en: 'Payment is not available right now. Please order again in a moment.',
  },
  'psp-unavailable': {
    status: 503,
    lasts: 'temporary',
    ko: '지금은 결제사의 장부를 볼 수 없습니다. 잠시 후 다시 시도해 주세요.',
    en: 'The books of the payment service provider can not be read right now. Please try again in a moment.',
  },
  'payment-records-unavailable': {
    status: 503,
    lasts: 'temporary',
    ko: '지금은 결제 서비스의 기록을 볼 수 없습니다. 잠시 후 다시 시도해 주세요.',
    en: 'The records of pay can not be read right now. Please try again in a moment.',
  },
  'order-pending': {
    status: 409,
    lasts: 'temporary',
    ko: '결제 결과를 확인하고 있는 주문입니다. 잠시 후 다시 시도해 주세요.',
    en: 'The outcome of the payment is still being found out. Please try again in a moment.',
  },
  'order-not-formed': {
    status: 409,
    lasts: 'final',
    ko: '결제되지 않아 성립하지 않은 주문입니다.',
    en: 'This order never formed: it was not paid for.',
  },
  'cancel-window-closed': {
    status: 409,
    lasts: 'final',
    ko: '취소할 수 있는 기간이 지났습니다.',
    en: 'The time in which this order could be cancelled is over.',
  },
  'delivery-not-shippable': {
    status: 409,
    lasts: 'temporary',
    ko: '지금 상태({process})에서는 배송할 수 없습니다.',
    en: 'In its state ({process}) this order cannot be shipped.',
  },
  'mileage-not-grantable': {
    status: 422,
    lasts: 'final',
    ko: '마일리지는 결제가 완료되면 자동으로 적립됩니다.',
    en: 'Mileage is granted by a completed payment, never by request.',
  },
  'idempotency-key-invalid': {
    status: 400,
    lasts: 'final',
    ko: 'Idempotency-Key는 1~255자의 표시 가능한 문자여야 합니다.',
    en: 'An Idempotency-Key has 1 to 255 visible characters.',
  },
  'idempotency-key-reused': {
    status: 422,
    lasts: 'final',
    ko: '다른 요청에 사용한 Idempotency-Key입니다.',
    en: 'That Idempotency-Key was used for another request.',
  },
  'idempotency-in-flight': {
    status: 409,
    lasts: 'temporary',
    ko: '같은 Idempotency-Key의 요청을 처리하고 있습니다.',
    en: 'A request with that Idempotency-Key is still being handled.',
  },
  'too-many-requests': {
    status: 429,
    lasts: 'temporary',
    ko: '요청이 너무 많습니다. 잠시 후 다시 시도해 주세요.',
    en: 'Too many requests. Please try again in a moment.',
  },
  overloaded: {
    status: 503,
    lasts: 'temporary',
    ko: '지금은 요청이 너무 많아 받지 못했습니다. 잠시 후 다시 시도해 주세요.',
    en: 'There is too much to do right now: this was not begun. Please try again in a moment.',
  },
  'deadline-passed': {
    status: 503,
    lasts: 'temporary',
    ko: '기다리는 시간이 지나 시작하지 않았습니다.',
    en: 'The time to wait for it was over before it was begun.',
  },
  'service-unavailable': {
    status: 503,
    lasts: 'temporary',
    ko: '지금은 처리할 수 없습니다. 잠시 후 다시 시도해 주세요.',
    en: 'Not available right now. Please try again in a moment.',
  },
  'outcome-unknown': {
    status: 504,
    lasts: 'temporary',
    ko: '응답을 받지 못했습니다. 이미 처리되었을 수 있으니 확인한 뒤 다시 시도해 주세요.',
    en: 'No answer came. It may have been done all the same: look before you try again.',
  },
  'internal-error': {
    status: 500,
    lasts: 'temporary',
    ko: '처리하지 못했습니다.',
    en: 'This could not be handled.',
  },
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

export const ProblemResource = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    instance: Type.Optional(Type.String()),
    correlationId: Type.Optional(Type.String()),
  },
  { title: 'Problem' },
);
export type ProblemResource = Static<typeof ProblemResource>;
