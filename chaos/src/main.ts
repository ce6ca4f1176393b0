import { writeFile } from 'node:fs/promises';
import { readOptions } from './options.ts';
import { printReport, succeeded } from './report/print-report.ts';
import { runChaos } from './run-chaos.ts';
import { linkNames } from './system/links.ts';
import { withSystem } from './system/with-system.ts';

const startedAt = performance.now();
const print = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}`);

const options = readOptions(process.argv.slice(2));
print(`${options.minutes} minutes of faults, ${options.rate} customers a second, --seed ${options.seed}`);
const report = await withSystem(linkNames, (system) => runChaos(system, options, print));
if (options.report) await writeFile(options.report, JSON.stringify(report, null, 2));
printReport(report, print);
process.exitCode = succeeded(report) ? 0 : 1;
