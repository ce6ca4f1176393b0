import { Client } from '../clients/client.ts';
import { type Chance, chanceOf } from '../engine/chance.ts';
import { newProcess } from '../engine/simulated-process.ts';
import { catalogue } from '../services/app.ts';
import type { World } from './world.ts';

/**
 * Clients that pay for an order which is not there yet, under the number that the next one would get and often for its very price. pay charges
 * them as it charges anybody; what matters is that no order of app ever counts as paid by it.
 */
export function startSelfPayers(
  world: World,
  wanted: readonly { readonly item: string; readonly qty: number }[],
): void {
  const chance = chanceOf(world.seed, 'self-payers');
  if (!chance.happens(0.3)) return;
  for (let number = 1; number <= 3; number++) {
    const owner = newProcess(`self-payer-${number}`, 'client');
    const client = new Client(world, owner);
    const pay = () => void client.ask('pay', paymentOf(world, chance, wanted));
    world.scheduler.plan(chance.between(200, world.plan.faultsForMs), 'self payment', pay, owner);
  }
}

function paymentOf(world: World, chance: Chance, wanted: Parameters<typeof startSelfPayers>[1]) {
  const { item, qty } = chance.pick(wanted);
  const orderId = world.databases.app.sequence.last + 1 + chance.below(2);
  const body = { orderId, price: (catalogue.find(item)?.price ?? 1) * qty };
  return { method: 'POST', url: '/payments', body } as const;
}
