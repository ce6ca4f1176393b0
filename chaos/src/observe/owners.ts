import type { Journey } from '../load/journey.ts';

/** How an order is to end, by what its customer did; undefined where the customer does not know either. */
export type End = 'stands' | 'takenBack' | undefined;

/** Which customer's journey an order number belongs to, as far as the customer was told. */
export function ownersOf(journeys: readonly Journey[]): ReadonlyMap<number, Journey> {
  return new Map(journeys.flatMap((journey) => [...journey.ids].map((id) => [id, journey] as const)));
}

/** An order whose customer was not told that it formed may stand, or may have been undone. */
export function wantedEnd(id: number, owner: Journey | undefined): End {
  if (!owner?.formed.has(id)) return undefined;
  if (owner.cancel === 'none') return 'stands';
  return owner.cancel === 'accepted' ? 'takenBack' : undefined;
}
