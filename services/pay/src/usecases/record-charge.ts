import { failpoint } from '@phone82/runtime';
import type { Payment } from '../domain/payment.ts';
import { changePayment } from './change-payment.ts';
import type { PayPorts } from './ports.ts';
import type { PspCharge } from './psp-port.ts';

/** What the PSP's answer to a charge makes of the payment. */
export function recordCharge(
  ports: Pick<PayPorts, 'payments' | 'environment'>,
  id: number,
  answer: Exclude<PspCharge, { kind: 'notTaken' }>,
  known?: Payment,
): Promise<Payment> {
  switch (answer.kind) {
    case 'charged': {
      failpoint('pay-after-charge');
      const { paymentKey, chargedAt } = answer;
      return changePayment(ports, id, 'charged', { paymentKey, chargedAt }, known);
    }
    case 'declined':
      return changePayment(ports, id, 'declined', { declineCode: answer.code }, known);
    case 'lost':
      return changePayment(ports, id, 'loseOutcome', {}, known);
  }
}
