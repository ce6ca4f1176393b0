import type { RouterReport } from '../system/readiness-router.ts';

/** What was seen while the log was away and came back, under load and behind a router that heeds `/readyz`. */
export interface LogAway {
  /** Answers to orders by status; 0 is no answer. */
  readonly answers: ReadonlyMap<number, number>;
  readonly cancelsRefused: number;
  readonly router: RouterReport;
  /** The most events that waited in the outboxes of all services. */
  readonly deepestOutbox: number;
  /** From the log's return until nothing waited any more; undefined if that took longer than 30 s. */
  readonly convergedMs: number | undefined;
  /** Orders on whose end the five services do not agree. */
  readonly wrong: readonly number[];
}

const TAKEN: ReadonlySet<number> = new Set([201, 202]);

export const ordersIn = ({ answers }: Pick<LogAway, 'answers'>) =>
  [...answers.values()].reduce((sum, count) => sum + count, 0);

/** What is wrong, in sentences; none if every order was taken and came to its end. */
export function faultsWhileLogAway(seen: LogAway): string[] {
  const faults: string[] = [];
  const refused = [...seen.answers].filter(([status]) => !TAKEN.has(status));
  if (ordersIn(seen) === 0) faults.push('nobody ordered');
  for (const [status, count] of refused) faults.push(`${count} orders were answered ${status || 'nothing'}`);
  if (seen.cancelsRefused > 0) faults.push(`${seen.cancelsRefused} cancels were refused`);
  if (seen.router.outs > 0) faults.push(`a service was taken out of rotation ${seen.router.outs} times`);
  if (!seen.router.warnings.get('bus')) faults.push('no service said that the log was away');
  if (seen.convergedMs === undefined) faults.push('events still waited 30 s after the log was back');
  if (seen.wrong.length > 0) faults.push(`the services do not agree on the orders ${seen.wrong}`);
  return faults;
}
