import { errorBody, type Language } from './error-codes.ts';
import { balanceOf, type Cancel, type Payment, statusOf } from './payment.ts';
import { toSeoulTime } from './seoul-time.ts';

export const MERCHANT_ID = 'phone82';

/** The Payment object as the API shows it. */
export function paymentObject(payment: Payment, now: number, language: Language) {
  const { paymentKey, orderId, orderName, amount, approval, failure, cancels } = payment;
  const balanceAmount = balanceOf(payment);
  const vat = Math.round(balanceAmount / 11);
  return {
    mId: MERCHANT_ID,
    version: '2022-11-16',
    paymentKey,
    orderId,
    orderName,
    type: payment.customerKey === null ? 'NORMAL' : 'BILLING',
    method: '카드',
    status: statusOf(payment, now),
    requestedAt: toSeoulTime(payment.requestedAt),
    approvedAt: approval && toSeoulTime(approval.at),
    totalAmount: amount,
    balanceAmount,
    suppliedAmount: balanceAmount - vat,
    vat,
    taxFreeAmount: 0,
    currency: 'KRW',
    country: 'KR',
    lastTransactionKey: cancels.at(-1)?.transactionKey ?? approval?.transactionKey ?? null,
    isPartialCancelable: true,
    card: approval && { ...card, amount },
    receipt: approval && { url: `https://receipt.invalid/${paymentKey}` },
    failure: failure && errorBody(failure, language),
    cancels:
      cancels.length === 0 ? null : cancels.map((cancel, index) => cancelObject(payment, cancel, index)),
  };
}

export type PaymentObject = ReturnType<typeof paymentObject>;

const card = {
  issuerCode: '61',
  acquirerCode: '31',
  number: '43301234****123*',
  installmentPlanMonths: 0,
  isInterestFree: false,
  approveNo: '00000000',
  cardType: '신용',
  ownerType: '개인',
  acquireStatus: 'READY',
} as const;

const cancelObject = (payment: Payment, { transactionKey, amount, reason, at }: Cancel, index: number) => ({
  transactionKey,
  cancelAmount: amount,
  cancelReason: reason,
  canceledAt: toSeoulTime(at),
  taxFreeAmount: 0,
  refundableAmount: balanceOf({ ...payment, cancels: payment.cancels.slice(0, index + 1) }),
  cancelStatus: 'DONE',
});
