import { fork } from 'node:child_process';
import { goodput, quantile } from './goodput.ts';
import type { Load, Outcome } from './load.ts';

const WARM_UP_SECONDS = 3;

/** Offers orders at a rate, and prints what came of them. */
export async function offer(url: string, rate: number, seconds: number): Promise<Outcome> {
  const load = { url, rate, seconds: WARM_UP_SECONDS + seconds, warmUpSeconds: WARM_UP_SECONDS };
  const outcome = await send(load);
  console.log(describe(rate, outcome, seconds));
  return outcome;
}

/** The sender is a process of its own, so that its work delays no measurement here. */
function send(load: Load): Promise<Outcome> {
  const sender = fork(new URL('send-load.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    sender.once('message', (outcome) => resolve(outcome as Outcome));
    sender.once('exit', (code) => reject(new Error(`the sender ended with ${code}`)));
    sender.send(load);
  });
}

function describe(rate: number, outcome: Outcome, seconds: number): string {
  const { sent, createdMs, refusedMs, others, senderLateMs } = outcome;
  const ms = (numbers: readonly number[], share: number) => quantile(numbers, share).toFixed(0);
  return [
    `offered ${rate.toFixed(0).padStart(5)}/s`,
    `goodput ${goodput(outcome, seconds).toFixed(0).padStart(5)}/s`,
    `201 p50 ${ms(createdMs, 0.5)} ms p99 ${ms(createdMs, 0.99)} ms`,
    `503 ${((100 * refusedMs.length) / sent).toFixed(0)} % p99 ${ms(refusedMs, 0.99)} ms`,
    `other ${JSON.stringify(others)}`,
    `sender late ${senderLateMs.toFixed(0)} ms`,
  ].join(' · ');
}
