import type { SystemStatus } from '../control/protocol.ts';
import { Fault, UsageFault } from '../faults.ts';
import { type ImportReport, importReport } from '../report/import-report.ts';
import { importService } from '../supervisor/import-service.ts';
import { withServers } from '../supervisor/with-servers.ts';
import { type Context, type Run, readArguments } from './command.ts';
import { withChoices } from './up.ts';

/** The services that have records of their own. */
const IMPORTED = ['app', 'pay', 'store', 'marketing'];

const options = {
  'from-log': { type: 'boolean' },
  bus: { type: 'string' },
  'store-db': { type: 'string' },
} as const;

/** Fills the databases of services that do not run from the history of the log; nothing is published. */
export const run: Run = async (args, context) => {
  const { values, positionals } = readArguments(args, options, { atMost: IMPORTED.length });
  if (!values['from-log']) throw new UsageFault('Say where from: "import --from-log".');
  const services = positionals.length > 0 ? positionals.map(imported) : IMPORTED;
  const chosen = withChoices(context, { PHONE82_BUS: values.bus, PHONE82_STORE_DB: values['store-db'] });
  const reports = await reportsOf(services, chosen);
  for (const line of importReport(reports)) context.print(line);
  return 0;
};

async function reportsOf(
  services: readonly string[],
  { system, supervisor, print }: Context,
): Promise<readonly ImportReport[]> {
  const status = await supervisor.status();
  if (!status)
    return withServers(system, print, (settings) =>
      importEach(services, system, async (name) => settings(name)),
    );
  requireStopped(status, services);
  return importEach(services, system, async (name) => (await supervisor.settings(name)) ?? {});
}

async function importEach(
  services: readonly string[],
  system: Context['system'],
  settings: (service: string) => Promise<Record<string, string>>,
): Promise<readonly ImportReport[]> {
  const reports: ImportReport[] = [];
  for (const name of services) reports.push(await importService(system, name, await settings(name)));
  return reports;
}

function imported(name: string): string {
  if (IMPORTED.includes(name)) return name;
  throw new UsageFault(
    `${name} has no records to import: name some of ${IMPORTED.join(', ')}, or none for all.`,
  );
}

function requireStopped({ services: units }: SystemStatus, services: readonly string[]): void {
  const running = services.filter((name) => units.find((unit) => unit.name === name)?.state !== 'stopped');
  if (running.length === 0) return;
  const stops = running.map((name) => `"./phone82 stop ${name}"`).join(', ');
  throw new Fault(`${running.join(', ')} ${running.length > 1 ? 'run' : 'runs'}: stop first, by ${stops}.`);
}
