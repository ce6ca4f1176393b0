import type { Journey } from '../clients/customer-journey.ts';
import type { World } from '../world/world.ts';
import {
  effectsHappenOnce,
  logHoldsWhatWasCommitted,
  noneOvertakesDeadLetter,
  versionsGrow,
} from './events.ts';
import { type Evidence, gatherEvidence } from './evidence.ts';
import { theirsIsKnown, theirsIsNotDoneAgain } from './foreign.ts';
import { booksMatchOrders, cancelledLeavesNothing, shippedIsCharged } from './money.ts';
import {
  cancelsAreCarriedOut,
  eachAnswerHasItsOrder,
  foreignCancelsReachStore,
  noneStandsUnasked,
  nothingIsTakenBackUnasked,
  recordsNameTheirCustomer,
  servicesAgree,
} from './orders.ts';
import { viewAgreesWithOwners, viewIsTheFold } from './view.ts';

type Invariant = (evidence: Evidence) => Iterable<string>;

/** What holds after every run, by its number in the reliability reference. */
const invariants: readonly (readonly [name: string, invariant: Invariant])[] = [
  ['I1', eachAnswerHasItsOrder],
  ['I1', noneStandsUnasked],
  ['I2', booksMatchOrders],
  ['I3', cancelledLeavesNothing],
  ['I4', shippedIsCharged],
  ['I5', logHoldsWhatWasCommitted],
  ['I5', effectsHappenOnce],
  ['I5', noneOvertakesDeadLetter],
  ['I6', versionsGrow],
  ['I7', viewIsTheFold],
  ['I7', viewAgreesWithOwners],
  ['I8', servicesAgree],
  ['I9', cancelsAreCarriedOut],
  ['I9', nothingIsTakenBackUnasked],
  ['I9', foreignCancelsReachStore],
  ['I10', recordsNameTheirCustomer],
  ['I11', theirsIsNotDoneAgain],
  ['I11', theirsIsKnown],
];

export async function checkInvariants(world: World, journeys: readonly Journey[]): Promise<void> {
  const evidence = await gatherEvidence(world, journeys);
  for (const [name, invariant] of invariants)
    for (const violation of invariant(evidence)) world.violate(`${name} ${violation}`);
}
