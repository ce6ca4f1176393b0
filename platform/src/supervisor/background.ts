import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { Fault } from '../faults.ts';
import { placeOf, type System } from '../system.ts';

/** What the supervisor in the background tells whoever waits for it. */
export type BackgroundMessage =
  | { readonly event: string }
  | { readonly outcome: 'ready' | 'alreadyUp' }
  | { readonly outcome: 'failed'; readonly message: string };

/** Starts the supervisor in the background; resolves when all is ready, false where one runs already. */
export async function startInBackground(system: System, tell: (event: string) => void): Promise<boolean> {
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
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Fault(why));
    child.once('error', (error) => fail(`The supervisor could not be started: ${error.message}`));
    child.once('exit', (code, signal) =>
      fail(
        `The supervisor ended unexpectedly (${signal ?? code}): see ${placeOf(system, 'logs', 'supervisor.log')}.`,
      ),
    );
    child.on('message', (message: BackgroundMessage) => {
      if ('event' in message) return tell(message.event);
      child.removeAllListeners('exit');
      child.unref();
      if (message.outcome === 'failed') fail(message.message);
      else resolve(message.outcome === 'ready');
    });
  });
}
