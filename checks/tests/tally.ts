import type { ProgramName } from '@phone82/local-server';
import { missingBy } from './left-out.ts';
import { faultOf, isPassedTest, type Outcome, type TestEvent } from './test-events.ts';

/** What came of a run. It is good when `failed` is 0. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** What came of a file. */
export interface FileTally extends Tally {
  readonly seconds: number;
  /** Groups that did not run for want of programs. */
  readonly notRun: readonly { readonly title: string; readonly missing: readonly ProgramName[] }[];
}

const SHOWN_ERROR_LINES = 40;

/**
 * Counts the events of one test file and prints its failures, then a line for the file. A skipped or
 * unfinished test counts as failed, and so does a file without tests: they prove nothing.
 */
export async function tallyFile(
  file: string,
  events: AsyncIterable<TestEvent>,
  print: (line: string) => void,
): Promise<FileTally> {
  const began = performance.now();
  const errorOutput: string[] = [];
  const notRun: { title: string; missing: readonly ProgramName[] }[] = [];
  let [passed, failed] = [0, 0];
  for await (const { type, data } of events) {
    if (type === 'test:stderr') errorOutput.push((data as { message: string }).message);
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const outcome = data as Outcome;
    const missing = missingBy(outcome.skip);
    if (missing.length > 0) {
      notRun.push({ title: outcome.name, missing });
      continue;
    }
    const fault = faultOf(type, outcome, notRun.length > 0);
    if (fault === undefined) passed += isPassedTest(type, outcome) ? 1 : 0;
    else {
      failed += 1;
      const place = outcome.name === outcome.file ? file : `${file}:${outcome.line} ${outcome.name}`;
      print(`✗ ${place}\n${indent(fault)}${indent(lastLines(errorOutput.splice(0)))}`);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  print(`${failed === 0 ? '✓' : '✗'} ${file}: ${passed} of ${passed + failed} (${seconds.toFixed(1)} s)`);
  return { passed, failed, seconds, notRun };
}

function lastLines(chunks: readonly string[]): string {
  const lines = chunks.join('').split('\n');
  return lines
    .filter((line) => line.trim())
    .slice(-SHOWN_ERROR_LINES)
    .join('\n');
}

const indent = (text: string) => (text ? `${text.replace(/^/gm, '    ')}\n` : '');
