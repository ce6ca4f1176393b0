import type { Journey } from '../load/journey.ts';
import type { RunReport } from './run-report.ts';

type Counts = Pick<RunReport, 'customers' | 'orders' | 'cancelled' | 'answers'>;

export function countAnswers(journeys: readonly Journey[]): Counts {
  const answers: Record<string, number> = {};
  for (const status of journeys.flatMap((journey) => journey.answers))
    answers[status] = (answers[status] ?? 0) + 1;
  return {
    customers: journeys.length,
    orders: journeys.filter(({ formed }) => formed.size > 0).length,
    cancelled: journeys.filter(({ cancel }) => cancel === 'accepted').length,
    answers,
  };
}

/** How far it is, in a line. */
export function progress(journeys: readonly Journey[]): string {
  const { customers, orders, cancelled, answers } = countAnswers(journeys);
  const statuses = Object.entries(answers).map(
    ([status, count]) => `${status === '0' ? 'no answer' : status}: ${count}`,
  );
  const asking = journeys.filter(({ isAsking }) => isAsking).length;
  return `  ${customers} customers, ${orders} orders, ${cancelled} cancelled, ${asking} waiting (${statuses.join(', ')})`;
}
