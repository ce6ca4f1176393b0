import { Problem } from '@phone82/contracts';
import type { PageRequest } from '@phone82/persistence';
import type { PayPorts } from './ports.ts';

export function findPayment({ reader }: Pick<PayPorts, 'reader'>) {
  return async (orderId: number) => {
    const payment = await reader.find(orderId);
    if (!payment) throw new Problem('not-found');
    return payment;
  };
}

export function listPayments({ reader }: Pick<PayPorts, 'reader'>) {
  return (request: PageRequest) => reader.list(request);
}
