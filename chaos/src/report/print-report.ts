import { convergenceTable } from './convergence-table.ts';
import type { RunReport } from './run-report.ts';

const SHOWN = 30;

export const succeeded = ({ violations, notInjected, restMs }: RunReport) =>
  violations.length === 0 && notInjected.length === 0 && restMs !== undefined;

/** The last line counts the faults that did no harm, and what is wrong. */
export function printReport(report: RunReport, print: (line: string) => void): void {
  const { faults, notInjected, violations, customers, orders, cancelled, restMs, seed } = report;
  for (const line of convergenceTable(faults)) print(line);
  print(`${customers} customers, ${orders} orders, ${cancelled} of them cancelled, ${faults.length} faults`);
  if (restMs !== undefined)
    print(`all at rest ${(restMs / 1_000).toFixed(1)} s after the last customer left`);
  else print('NOT AT REST 30 s after the last customer left');
  if (report.leftAfterRefund > 0)
    print(`${report.leftAfterRefund} parcels left before the shop heard of their cancel, and are asked back`);
  for (const what of notInjected) print(`NOT INJECTED: ${what}`);
  for (const { invariant, orderId, what } of violations.slice(0, SHOWN))
    print(`${invariant} VIOLATED: ${orderId === undefined ? '' : `order ${orderId}: `}${what}`);
  if (violations.length > SHOWN) print(`… and ${violations.length - SHOWN} more`);
  if (!succeeded(report)) print(`--seed ${seed} draws the same faults`);
  const failures = violations.length + notInjected.length + (restMs === undefined ? 1 : 0);
  print(`${faults.length} passed, ${failures} failed`);
}
