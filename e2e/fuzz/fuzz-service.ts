import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { keepers } from '@phone82/service-list';
import { endOf } from '@phone82/testkit';
import type { SystemUnderTest } from '../system-under-test.ts';

export { keepers as fuzzedServices };
export type FuzzedService = (typeof keepers)[number];

export interface FuzzResult {
  readonly operations: number;
  readonly cases: number;
  /** What schemathesis found, and operations that nothing got through to: such a run proves nothing. */
  readonly failures: readonly string[];
  readonly output: string;
}

export interface Report {
  readonly complete: boolean;
  readonly operations: { readonly selected: number; readonly tested: number };
  readonly test_cases: { readonly generated: number };
  readonly failures: readonly unknown[];
  readonly errors: readonly unknown[];
  readonly valid_rates: Readonly<Record<string, Readonly<Record<string, { readonly accepted: number }>>>>;
}

export interface FuzzOptions {
  readonly schemathesis: string;
  /** Requests of each operation that chance makes, beside those that try every limit of the schema. */
  readonly examples: number;
  readonly seed: number;
  readonly folder: string;
  /** The run is ended after this long, and has failed. */
  readonly timeoutMs: number;
}

/** Asks a service of the running system all that its OpenAPI document allows, and much that it does not. */
export async function fuzzService(
  system: SystemUnderTest,
  service: FuzzedService,
  { schemathesis, examples, seed, folder, timeoutMs }: FuzzOptions,
): Promise<FuzzResult> {
  const file = path.join(folder, `${service}.json`);
  const config = path.join(import.meta.dirname, 'schemathesis.toml');
  const words = ['--config-file', config, 'run', `${system.url(service)}/openapi.json`, '--no-color'];
  words.push('--max-examples', String(examples), '--seed', String(seed));
  words.push('--report', 'json', '--report-json-path', file);
  const env = { ...process.env, SCHEMATHESIS_HOOKS: path.join(import.meta.dirname, 'fresh_keys.py') };
  const child = spawn(schemathesis, words, { cwd: folder, env, timeout: timeoutMs });
  const { code, stdout, stderr } = await endOf(child);
  const output = `${stdout}\n${stderr}`;
  // A run that was ended early leaves no report, or the beginning of one.
  const report = await readFile(file, 'utf8')
    .then((text) => JSON.parse(text) as Report)
    .catch(() => undefined);
  if (!report) return { operations: 0, cases: 0, failures: [`no report: ended with ${code}`], output };
  return {
    operations: report.operations.tested,
    cases: report.test_cases.generated,
    failures: failuresOf(report, code),
    output,
  };
}

export function failuresOf(report: Report, code: number | null): string[] {
  const { selected, tested } = report.operations;
  const unreached = Object.entries(report.valid_rates)
    .filter(([, phases]) => Object.values(phases).every(({ accepted }) => accepted === 0))
    .map(([operation]) => `${operation} was refused every time`);
  const found = report.failures.length + report.errors.length;
  return [
    ...(report.complete ? [] : ['the run ended early']),
    ...(selected > 0 && tested === selected ? [] : [`${tested} of ${selected} operations were asked`]),
    ...(found > 0 ? [`${report.failures.length} failures, ${report.errors.length} errors`] : []),
    ...unreached,
    ...(code === 0 || found > 0 ? [] : [`ended with ${code}`]),
  ];
}
