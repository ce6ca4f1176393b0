import { readFileSync } from 'node:fs';
import { convergenceTable } from './convergence-table.ts';
import type { RunReport } from './run-report.ts';

// Adds up the reports of several runs: the table for docs/reliability.md, and the totals.
const reports = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as RunReport);
if (reports.length === 0) throw new Error('name the reports that earlier runs wrote with --report');

const total = (of: (report: RunReport) => number) => reports.reduce((sum, report) => sum + of(report), 0);
const faults = reports.flatMap((report) => report.faults);
for (const line of convergenceTable(faults)) console.log(line);
console.log('');
console.log(
  `${reports.length} runs, ${total(({ orders }) => orders)} orders, ${total(({ cancelled }) => cancelled)} of them cancelled, ` +
    `${faults.length} faults, ${total(({ notInjected }) => notInjected.length)} not injected, ` +
    `${total(({ violations }) => violations.length)} violations; ` +
    `at rest after ${(Math.max(...reports.map(({ restMs = Number.NaN }) => restMs)) / 1_000).toFixed(1)} s at most`,
);
