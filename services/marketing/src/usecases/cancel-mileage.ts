import type { Mileage } from '../domain/mileage.ts';
import { changeMileage } from './change-mileage.ts';
import type { MarketingPorts } from './ports.ts';

/** Takes an order's mileage back before its money is returned. Repeating it changes nothing. */
export function cancelMileage({ mileages, environment }: Pick<MarketingPorts, 'mileages' | 'environment'>) {
  return (command: { orderId: number; customerId: string; reason: string }): Promise<Mileage> =>
    mileages.run((transaction) =>
      changeMileage(transaction, command, { command: 'cancel', reason: command.reason }, environment.now()),
    );
}
