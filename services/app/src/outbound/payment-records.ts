import { PaymentRecords as PaymentRecordsAnswer } from '@phone82/contracts';
import type { Remote } from '@phone82/resilience';
import { Compile } from 'typebox/compile';
import type { PaymentRecord } from '../domain/find-order-difference.ts';
import { type PaymentRecords, PaymentRecordsUnavailable } from '../usecases/reconciliation-ports.ts';

const PATH = '/reconciliations/payments';
const TRIES = 3;
const validator = Compile(PaymentRecordsAnswer);

/** pay's records over HTTP. The Java pay has none to show: it can't be compared with. */
export function createPaymentRecords(remote: Remote): PaymentRecords {
  const read = async (query: string): Promise<readonly PaymentRecord[]> => {
    for (let tries = 1; ; tries++) {
      const path = `${PATH}?${query}`;
      const answer = await remote.call({ operation: 'listPaymentRecords', method: 'GET', path });
      if (answer.kind === 'answered' && answer.status === 200 && validator.Check(answer.body))
        return answer.body.payments as readonly PaymentRecord[];
      if (tries < TRIES) continue;
      const why = answer.kind === 'answered' ? answer.status : answer.reason;
      throw new PaymentRecordsUnavailable(`pay did not show its payments: ${why}`);
    }
  };
  return {
    // pay takes no time before 1970, when there were no payments.
    ofPeriod: ({ from, to }, after, limit) =>
      read(`from=${Math.max(0, from)}&to=${Math.max(0, to)}&after=${after}&size=${limit}`),
    of: async (ids) => (ids.length === 0 ? [] : read(`ids=${ids.join(',')}`)),
  };
}
