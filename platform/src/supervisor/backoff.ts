const FIRST_MS = 100;
const LONGEST_MS = 5_000;

/** A process that lived this long starts over with a short wait. */
export const SETTLED_AFTER_MS = 10_000;

/** How long to wait before the next start, after so many failures in a row (from 1). */
export const backoffMs = (failures: number) => Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);
