import { failpoints } from '@phone82/runtime';
import { linkNames } from '../system/links.ts';
import { cutOff } from './cut-off.ts';
import { type Fault, targets } from './fault.ts';
import { freeze } from './freeze.ts';
import { kill } from './kill.ts';
import { allMisbehaviours, misbehave } from './misbehave.ts';
import { restart } from './restart.ts';
import { strikeAt } from './strike-at-failpoint.ts';

/** Every fault that there is, by kind. */
export const catalogue: readonly (readonly Fault[])[] = [
  targets.map(kill),
  failpoints.map(strikeAt),
  linkNames.flatMap((link) => [cutOff(link, 'reset'), cutOff(link, 'black hole')]),
  allMisbehaviours.map(misbehave),
  targets.map(restart),
  targets.map(freeze),
];
