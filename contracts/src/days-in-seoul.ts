/** Seoul has no summer time. */
const SEOUL_AHEAD_MS = 9 * 60 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** A time with `from` ≤ it < `to`, in milliseconds since 1970. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** `2026-01-31T09:00:00`: the time in Seoul. */
export const seoulTime = (epochMs: number): string =>
  new Date(epochMs + SEOUL_AHEAD_MS).toISOString().slice(0, 19);

/** `2026-01-31`: the day in Seoul. */
export const seoulDay = (epochMs: number): string => seoulTime(epochMs).slice(0, 10);

/** From the beginning of the first day to the end of the last one, both in Seoul. */
export const periodOfDays = (first: string, last: string): Period => ({
  from: Date.parse(`${first}T00:00:00+09:00`),
  to: Date.parse(`${last}T00:00:00+09:00`) + DAY_MS,
});

/** Yesterday and today, in Seoul. */
export const lastTwoDays = (now: number): Period => periodOfDays(seoulDay(now - DAY_MS), seoulDay(now));
