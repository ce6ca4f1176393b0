import { setTimeout as delay } from 'node:timers/promises';
import type { SystemUnderTest } from '../system-under-test.ts';

export const receivers = ['app', 'pay', 'store', 'marketing', 'customer'] as const;
export type Receiver = (typeof receivers)[number];

/** What a service says of itself. */
export interface ServiceState {
  readonly ready: boolean;
  readonly lag: number;
  readonly stalledSeconds: number;
  readonly handled: number;
  readonly deadLetters: number;
}

export async function stateOf(system: SystemUnderTest, service: Receiver): Promise<ServiceState> {
  const http = system.http(service);
  const [ready, metrics, letters] = await Promise.all([
    http.get('/readyz'),
    http.get('/metrics'),
    http.get('/dead-letters?size=1'),
  ]);
  const valuesOf = (name: string) =>
    [...metrics.text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (.+)$`, 'gm'))].map(([, value]) =>
      Number(value),
    );
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    ready: ready.status === 200,
    lag: sum(valuesOf('consumer_lag_records')),
    stalledSeconds: Math.max(0, ...valuesOf('consumer_stalled_seconds')),
    handled: sum(valuesOf('events_handled_total')),
    deadLetters: letters.body.totalElements,
  };
}

const LOOK_EVERY_MS = 2_000;
const QUIET_LOOKS = 3;
const PATIENCE_MS = 120_000;

/** Waits until no service has anything to read, and says how far they are. @throws Error when nothing moves for two minutes. */
export async function untilRead(system: SystemUnderTest, tell: (line: string) => void): Promise<void> {
  let least = Number.POSITIVE_INFINITY;
  let movedAt = Date.now();
  for (let quiet = 0; quiet < QUIET_LOOKS; ) {
    const states = await Promise.all(receivers.map((service) => stateOf(system, service)));
    const lag = states.reduce((total, state) => total + state.lag, 0);
    quiet = lag === 0 ? quiet + 1 : 0;
    if (lag < least || lag === 0) movedAt = Date.now();
    least = Math.min(least, lag);
    if (Date.now() - movedAt > PATIENCE_MS) throw new Error(`${lag} records are unread, and none is read`);
    if (lag > 0) tell(`${lag} records to read: ${states.map((state) => state.lag).join(', ')}`);
    await delay(LOOK_EVERY_MS);
  }
}
