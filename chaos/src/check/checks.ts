import { atRest } from './at-rest.ts';
import type { Evidence, Violation } from './evidence.ts';
import { moneyIsRight } from './money.ts';
import { oneOrderPerAnswer } from './one-order-per-answer.ts';
import { servicesAgree } from './services-agree.ts';
import { shippedIsPaid } from './shipped-is-paid.ts';
import { takenBackEntirely } from './taken-back.ts';
import { viewIsFoldOfEvents } from './view-is-fold.ts';

/** All that has to hold of a system at rest. I6 is seen while it moves; I10 needs customers that are told apart. */
const checks = [
  oneOrderPerAnswer,
  moneyIsRight,
  takenBackEntirely,
  shippedIsPaid,
  servicesAgree,
  viewIsFoldOfEvents,
  atRest,
];

export const violationsIn = (evidence: Evidence): Violation[] => checks.flatMap((check) => check(evidence));
