import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { accepts } from '@phone82/local-server';

const START_PATIENCE_MS = 30_000;

/** From a terminal everyone gets these, and what was measured is of no interest any more. */
const INTERRUPTS: readonly (NodeJS.Signals | null)[] = ['SIGINT', 'SIGTERM'];

/**
 * Starts a program of ours as a process of its own; `FLOOR_NODE_OPTIONS` are Node's, for a profile. Should it end by itself, the
 * error is nobody's to catch: what is measured without it means nothing.
 */
export function startChild(program: string, settings: Readonly<Record<string, string>>): ChildProcess {
  const profile = process.env.FLOOR_NODE_OPTIONS?.split(' ') ?? [];
  const child = spawn(process.execPath, [...profile, program], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  child.once('exit', (code, signal) => {
    if (code === 0 || child.killed || INTERRUPTS.includes(signal)) return;
    throw new Error(`${program} ended by itself (${signal ?? code})`);
  });
  return child;
}

export function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** @throws Error when nothing listens on the port after 30 s. */
export async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + START_PATIENCE_MS;
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error(`nothing listens on ${port}`);
    await delay(20);
  }
}
