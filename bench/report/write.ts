import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Results } from '../measure/everything.ts';
import type { Options } from '../options.ts';
import { lifePlot, reportPage } from './report.ts';

/** Prints the report, and writes it and the figures where they are wanted; the plot lies beside the report. */
export async function writeResults(
  results: Results,
  { json, report }: Options,
  command: string,
  tell: (line: string) => void,
): Promise<void> {
  for (const line of reportPage(results, command, undefined)) tell(line);
  if (json) await writeFile(json, `${JSON.stringify({ command, ...results }, undefined, 2)}\n`);
  if (!report) return;
  const plot = results.life && report.replace(/(\.md)?$/, '-life.svg');
  if (plot && results.life) await writeFile(plot, lifePlot(results.life, results.labels));
  const page = reportPage(results, command, plot && path.basename(plot));
  await writeFile(report, `${page.join('\n')}\n`);
}
