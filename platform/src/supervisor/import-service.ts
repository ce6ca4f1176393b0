import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Fault } from '../faults.ts';
import type { ImportReport } from '../report/import-report.ts';
import { type System, serviceNamed } from '../system.ts';
import { serviceArguments } from './launch-service.ts';
import { serviceEnvironment } from './service-environment.ts';

/** Has a service make its records from the log, in a process of its own. @throws Fault with what the process said last. */
export async function importService(
  system: System,
  name: string,
  settings: Record<string, string>,
): Promise<ImportReport> {
  const spec = serviceNamed(system, name);
  const entry = spec.entry.replace(/main\.ts$/, 'import.ts');
  const child = spawn(process.execPath, serviceArguments(system, { ...spec, entry }), {
    cwd: system.root,
    env: serviceEnvironment(system, settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: { out: string[]; error: string[] } = { out: [], error: [] };
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.error.push(text));
  const [code] = (await once(child, 'close')) as [number | null];
  const report = said.out
    .join('')
    .split('\n')
    .find((line) => line.startsWith(REPORT));
  if (code === 0 && report) return JSON.parse(report) as ImportReport;
  throw new Fault(`${name} could not be imported: ${lastWords([...said.error, ...said.out].join(''))}`);
}

const REPORT = '{"service":';

const lastWords = (text: string) =>
  text
    .trim()
    .split('\n')
    .find((line) => /error/i.test(line)) ?? 'it said nothing';
