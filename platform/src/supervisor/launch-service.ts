import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../clock.ts';
import { homeMark } from '../home/leftovers.ts';
import { lastLines } from '../logs/tail.ts';
import { placeOf, portOf, type System } from '../system.ts';
import type { ServiceSpec } from '../topology.ts';
import { untilReady } from './readiness.ts';
import { serviceEnvironment } from './service-environment.ts';
import type { Running } from './unit.ts';

/** What a service ends with that refuses to start, as its runtime has it. */
const REFUSED_EXIT_CODE = 78;
const LAST_WORDS = 20;
/** Services cut their own draining off after 20 s. */
const STOP_PATIENCE_MS = 22_000;

/**
 * Megabytes for what stays, far more than a busy service holds. Left alone, V8 tidies up so late on a large machine that
 * everything takes 1.6 GB under load instead of 1.1; at half of this it tidies up so often that an order takes a third more CPU.
 */
const OLD_MB = 512;
/**
 * Megabytes for what is young: V8's own default is 16. A hundred requests that are answered after a tenth of a second would outlive
 * that and be taken for old; the others' messages are gone at once.
 */
const YOUNG_MB = { crowds: 32, others: 8 };

/** What the caller says in NODE_OPTIONS wins, for it comes last. */
function nodeOptions({ environment }: System, { answersCrowds }: ServiceSpec): string {
  const young = answersCrowds ? YOUNG_MB.crowds : YOUNG_MB.others;
  return `--max-semi-space-size=${young} --max-old-space-size=${OLD_MB} ${environment.NODE_OPTIONS ?? ''}`;
}

/** Starts a service as a process of its own, which writes to its log file and ends with this process. */
export function launchService(
  system: System,
  spec: ServiceSpec,
  settings: Record<string, string>,
  clock: Clock,
): Running {
  const log = openSync(placeOf(system, 'logs', `${spec.name}.log`), 'a');
  const child = spawn(process.execPath, serviceArguments(system, spec), {
    cwd: system.root,
    env: {
      ...serviceEnvironment(system, settings),
      NODE_OPTIONS: nodeOptions(system, spec),
      PHONE82_SUPERVISED: '1',
    },
    // A session of its own: Ctrl-C at the terminal must reach the supervisor only, who decides the order.
    detached: true,
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  child.stdin?.on('error', () => undefined);
  const exited = exitOf(child);
  return {
    pid: child.pid ?? -1,
    exited,
    refusal: () => refusalOf(child, placeOf(system, 'logs', `${spec.name}.log`)),
    untilReady: (signal) => untilReady(portOf(system, spec), clock, signal),
    stop: async () => {
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), STOP_PATIENCE_MS);
      await exited;
      clearTimeout(patience);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

export const serviceArguments = (system: System, spec: ServiceSpec) => [
  '--disable-warning=ExperimentalWarning',
  path.resolve(system.root, spec.entry),
  homeMark(system.home),
];

const exitOf = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with exit code ${code}`),
    );
  });

/** What a service says last, where it ended with the code of those that a person has to decide about. */
async function refusalOf(child: ChildProcess, log: string): Promise<string | undefined> {
  if (child.exitCode !== REFUSED_EXIT_CODE) return undefined;
  const { lines } = await lastLines(log, LAST_WORDS);
  const said = lines.map(messageIn).filter((message) => message !== undefined);
  return said.at(-1) ?? `its log says why (${log})`;
}

function messageIn(line: string): string | undefined {
  try {
    const { level, msg } = JSON.parse(line) as { level?: unknown; msg?: unknown };
    return (level === 50 || level === 'error') && typeof msg === 'string' ? msg : undefined;
  } catch {
    return undefined;
  }
}
