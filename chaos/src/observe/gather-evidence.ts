import { keepers } from '@phone82/service-list';
import type { Balance, Evidence } from '../check/evidence.ts';
import type { Journey } from '../load/journey.ts';
import type { SystemUnderChaos } from '../system/start-system.ts';
import { gapsIn, ordersNumbered, recordsFrom } from './records.ts';

const LEDGER_PAGE = 1_000;

/** Looks at everything, from outside: the public APIs, the PSP's ledger, the reconciliation. */
export async function gatherEvidence(
  system: SystemUnderChaos,
  journeys: readonly Journey[],
): Promise<Evidence> {
  const { api } = system;
  const [listed, payments, deliveries, mileages, views, ledger, deadLetters, reconciliation] =
    await Promise.all([
      recordsFrom(api, 'app'),
      recordsFrom(api, 'pay'),
      recordsFrom(api, 'store'),
      recordsFrom(api, 'marketing'),
      recordsFrom(api, 'customer'),
      ledgerOf(system),
      deadLettersOf(system),
      reconcile(system),
    ]);
  const told = journeys.flatMap(({ ids }) => [...ids]);
  const highest = Math.max(0, ...told, ...listed.keys(), ...payments.keys(), ...ledger.keys());
  const unlisted = await ordersNumbered(api, gapsIn(listed.keys(), highest));
  const orders = new Map([...listed, ...unlisted]);
  return { journeys, orders, payments, deliveries, mileages, views, ledger, deadLetters, reconciliation };
}

export async function ledgerOf({ api }: SystemUnderChaos): Promise<Map<number, Balance>> {
  const ledger = new Map<number, Balance>();
  for (let after = ''; ; ) {
    const path = `/simulator/balances?limit=${LEDGER_PAGE}&startingAfter=${after}`;
    const { status, body } = await api.get('psp-simulator', path);
    if (status !== 200) throw new Error(`the PSP answered ${path} with ${status}`);
    for (const { orderId, ...balance } of body.balances) ledger.set(orderNumber(orderId), balance);
    if (body.balances.length < LEDGER_PAGE) return ledger;
    after = body.balances.at(-1).orderId;
  }
}

/** The PSP's order ids are at least six characters long, so pay puts something before the number. */
function orderNumber(pspOrderId: string): number {
  const digits = /\d+$/.exec(pspOrderId)?.[0];
  if (!digits) throw new Error(`the PSP has an order ${pspOrderId} that is not ours`);
  return Number(digits);
}

async function deadLettersOf({ api }: SystemUnderChaos): Promise<Record<string, number>> {
  const counts = keepers.map(async (service) => {
    const { status, body } = await api.get(service, '/dead-letters?size=1');
    if (status !== 200) throw new Error(`${service} answered /dead-letters with ${status}`);
    return [service, body.totalElements as number] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

async function reconcile(system: SystemUnderChaos): Promise<string | undefined> {
  try {
    await system.run('reconcile');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
