import type { JobOptions } from '@phone82/runtime';
import type { Numbering, OrderNumbers } from './ports.ts';

/**
 * Asks once per process who else uses order ids, and numbers above. After a restored backup of app's database, or beside what another
 * app has left, ours would else begin with numbers that have a payment already.
 */
export function createNumbering({ raiseAbove, firstId, usedElsewhere }: OrderNumbers): Numbering {
  let isSecured = false;
  let doubts = 0;
  let underWay: Promise<boolean> | undefined;
  const ask = async (): Promise<boolean> => {
    const asOf = doubts;
    const highest = await Promise.all(usedElsewhere.map((find) => find()));
    const known = highest.filter((id) => id !== undefined);
    if (known.length < highest.length) return false;
    await raiseAbove(Math.max(firstId - 1, ...known));
    // What came up while they were asked may not be part of their answers.
    isSecured = asOf === doubts;
    return true;
  };
  return {
    secure: async () => {
      if (isSecured) return true;
      underWay ??= ask().finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    doubt: () => {
      doubts++;
      isSecured = false;
    },
  };
}

/** Seldom enough that a pay which is not up yet doesn't open the breaker of this call. */
const EVERY_MS = 2_500;

/** So that the first order does not have to wait for it. */
export const secureNumbers = ({ numbering }: { readonly numbering: Numbering }): JobOptions => ({
  name: 'secure-order-numbers',
  everyMs: EVERY_MS,
  run: async () => {
    await numbering.secure();
    return 'done';
  },
});
