import { lastTwoDays, type Period, Problem, periodOfDays } from '@phone82/contracts';
import Type, { type Static } from 'typebox';

const Day = Type.String({ format: 'date', description: 'A day in Seoul, `2026-01-31`' });
const LONGEST_DAYS = 92;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** The schema of a body with two optional days in Seoul, `from` and `to`. */
export const dayRange = (title: string) =>
  Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, { additionalProperties: false, title });

/**
 * The period of a {@link dayRange}: one day alone stands for both; without any, yesterday and today.
 * @throws Problem `request-invalid` if `from` is later than `to`, or for more than 92 days.
 */
export function periodOf({ from, to }: Static<ReturnType<typeof dayRange>>, now: number): Period {
  const first = from ?? to;
  const last = to ?? from;
  if (first === undefined || last === undefined) return lastTwoDays(now);
  const period = periodOfDays(first, last);
  if (period.to <= period.from) throw new Problem('request-invalid', { reason: 'from is later than to' });
  if (period.to - period.from > LONGEST_DAYS * DAY_MS)
    throw new Problem('request-invalid', { reason: `more than ${LONGEST_DAYS} days` });
  return period;
}
