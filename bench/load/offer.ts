import { fork } from 'node:child_process';
import type { Load, Outcome } from './load.ts';

/** Sends a load from a process of its own, so that its work delays no measurement here. */
export function offer(load: Load): Promise<Outcome> {
  const sender = fork(new URL('send.ts', import.meta.url), { serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    sender.once('message', (outcome) => resolve(outcome as Outcome));
    sender.once('error', reject);
    sender.once('exit', (code) => reject(new Error(`the sender ended with ${code}`)));
    sender.send(load);
  });
}
