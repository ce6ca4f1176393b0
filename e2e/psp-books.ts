import { httpClient } from '@phone82/testkit';
import type { SystemUnderTest } from './system-under-test.ts';

/** What the PSP took and gave back for an order, by its own books. */
export interface Balance {
  readonly orderId: string;
  readonly charged: number;
  readonly refunded: number;
  readonly charges: number;
  readonly refunds: number;
}

const PREFIX = 'phone82-';
const PSP = 8087;

/** The PSP's books of a running system, by order. */
export async function balancesOf({ offset }: SystemUnderTest): Promise<ReadonlyMap<number, Balance>> {
  const psp = httpClient(`http://127.0.0.1:${PSP + offset}`);
  const { body } = await psp.get(`/simulator/balances?limit=1000&orderIdPrefix=${PREFIX}`);
  return new Map(body.balances.map((each: Balance) => [Number(each.orderId.slice(PREFIX.length)), each]));
}
