import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../faults.ts';
import { exitCodeAfter, INTERRUPTS, type Interrupt, Interrupted } from '../interruption.ts';
import { placeOf, type System } from '../system.ts';

/** What the supervisor in the background tells whoever waits for it. */
export type BackgroundMessage =
  | { readonly event: string }
  | { readonly outcome: 'ready' | 'alreadyUp' }
  | { readonly outcome: 'failed'; readonly message: string };

/**
 * Starts the supervisor in the background; resolves when all is ready, false where one runs already.
 * @throws Interrupted when a signal comes before that: then all that was started has ended.
 */
export async function startInBackground(system: System, tell: (event: string) => void): Promise<boolean> {
  const child = spawnSupervisor(system);
  let interrupt: Interrupt | undefined;
  const listeners = INTERRUPTS.map((signal) => {
    const undo = () => {
      if (interrupt) process.exit(exitCodeAfter(signal));
      interrupt = signal;
      tell('stopping what was started; once more to leave at once');
      child.kill('SIGTERM');
    };
    process.on(signal, undo);
    return () => process.off(signal, undo);
  });
  try {
    return await untilReady(child, system, tell, () => interrupt);
  } finally {
    for (const stopListening of listeners) stopListening();
  }
}

function spawnSupervisor(system: System): ChildProcess {
  const log = openSync(placeOf(system, 'logs', 'supervisor.log'), 'a');
  const main = path.join(import.meta.dirname, 'main.ts');
  const child = spawn(process.execPath, [...process.execArgv, main, `--supervises=${system.home}`], {
    cwd: system.root,
    env: {
      ...system.environment,
      PHONE82_HOME: system.home,
      NODE_COMPILE_CACHE: placeOf(system, 'cache', 'node'),
    },
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  return child;
}

function untilReady(
  child: ChildProcess,
  system: System,
  tell: (event: string) => void,
  interruptedBy: () => Interrupt | undefined,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Fault(why));
    child.once('error', (error) => fail(`The supervisor could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      const interrupt = interruptedBy();
      if (interrupt) return reject(new Interrupted(interrupt, 'interrupted; nothing is left running.'));
      fail(
        `The supervisor ended unexpectedly (${signal ?? code}): see ${placeOf(system, 'logs', 'supervisor.log')}.`,
      );
    });
    child.on('message', (message: BackgroundMessage) => {
      if ('event' in message) return tell(message.event);
      // Whoever was interrupted waits for the end, whatever became of the start.
      if (interruptedBy()) return;
      child.removeAllListeners('exit');
      child.unref();
      if (message.outcome === 'failed') fail(message.message);
      else resolve(message.outcome === 'ready');
    });
  });
}
