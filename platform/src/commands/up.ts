import { setTimeout as delay } from 'node:timers/promises';
import type { SystemStatus } from '../control/protocol.ts';
import { Fault } from '../faults.ts';
import { prepareHome } from '../home/preflight.ts';
import { readyReport } from '../report/ready-report.ts';
import { SIGN_IN_HINT, signInReport } from '../report/sign-in-report.ts';
import { statusReport } from '../report/status-report.ts';
import { startInBackground } from '../supervisor/background.ts';
import type { System } from '../system.ts';
import { ISSUER } from '../topology.ts';
import { type Context, type Run, readArguments } from './command.ts';

const OTHERS_START_PATIENCE_MS = 60_000;

const options = {
  detach: { type: 'boolean', short: 'd' },
  bus: { type: 'string' },
  'store-db': { type: 'string' },
} as const;

export const run: Run = async (args, context) => {
  const { values } = readArguments(args, options, { atMost: 0 });
  const chosen = withChoices(context, { PHONE82_BUS: values.bus, PHONE82_STORE_DB: values['store-db'] });
  if (await chosen.supervisor.status()) return sayAlreadyUp(chosen);
  await prepareHome(chosen.system);
  return values.detach ? upInBackground(chosen) : upInForeground(chosen);
};

/** Choices travel in the environment, for the supervisor may be a process of its own. */
export function withChoices(context: Context, told: Record<string, string | undefined>): Context {
  const { system } = context;
  const said = Object.entries(told).filter(([, value]) => value !== undefined);
  const environment = { ...system.environment, ...Object.fromEntries(said) };
  return { ...context, system: { ...system, environment } };
}

async function upInBackground(context: Context): Promise<number> {
  const started = await startInBackground(context.system, eventPrinter(context));
  if (!started) return sayAlreadyUp(context);
  await sayReady(context);
  context.print('runs in the background: "./phone82 down" stops it');
  return 0;
}

async function upInForeground(context: Context): Promise<number> {
  const { runUntilInterrupted } = await import('../supervisor/foreground.ts');
  const started = await runUntilInterrupted(context.system, eventPrinter(context), async () => {
    await sayReady(context);
    context.print('Ctrl-C stops it');
  });
  return started ? 0 : sayAlreadyUp(context);
}

/** Another `up` may be at it at this moment: this one too returns when all is ready. */
async function sayAlreadyUp(context: Context): Promise<number> {
  const deadline = Date.now() + OTHERS_START_PATIENCE_MS;
  let status = await context.supervisor.status();
  while (!status || isStarting(status)) {
    if (Date.now() > deadline) throw new Fault('Another "./phone82 up" does not come to an end.');
    await delay(200);
    status = await context.supervisor.status();
  }
  for (const line of statusReport(status)) context.print(line);
  context.print('phone82 is up already');
  return 0;
}

const isStarting = (status: SystemStatus) =>
  [...status.servers, ...status.services].some((unit) => unit.state === 'starting');

async function sayReady({ system, supervisor, print }: Context): Promise<void> {
  const status = await supervisor.status();
  const seconds = (Date.now() - performance.timeOrigin) / 1000;
  const installSeconds = Number(system.environment.PHONE82_INSTALL_SECONDS ?? 0);
  if (!status) return;
  for (const line of readyReport(status, seconds, installSeconds)) print(line);
  if (status.services.some(({ name }) => name === ISSUER)) await saySignInLinks(system, print);
}

async function saySignInLinks(system: System, print: (line: string) => void): Promise<void> {
  const { signInLinks } = await import('../sign-in/issuer-client.ts');
  const lines = await signInLinks(system).then(signInReport, () => [SIGN_IN_HINT]);
  for (const line of lines) print(line);
}

const eventPrinter =
  ({ print }: Context) =>
  (event: string) =>
    print(`${((Date.now() - performance.timeOrigin) / 1000).toFixed(1).padStart(5)} s  ${event}`);
