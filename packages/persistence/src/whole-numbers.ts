/**
 * A record as its columns hold it: won, counts and times are whole numbers in every table. A time that chance or another
 * service's pause made a fraction of is rounded up, so that nothing is due too early; PostgreSQL would refuse it, SQLite keep it, MariaDB round it.
 */
export function inWholeNumbers<A extends object>(record: A): A {
  const fractions = Object.entries(record).filter(([, value]) => isFraction(value));
  if (fractions.length === 0) return record;
  const whole = fractions.map(([field, value]) => [field, Math.ceil(value as number)]);
  return { ...record, ...Object.fromEntries(whole) };
}

const isFraction = (value: unknown): boolean => typeof value === 'number' && !Number.isInteger(value);
