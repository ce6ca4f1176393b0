import { get } from 'node:http';
import type { Clock } from '../clock.ts';

const BETWEEN_PROBES_MS = 40;
const PROBE_PATIENCE_MS = 2_000;

/** Whether the service on that port says that it is ready. */
export function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({
      host: '127.0.0.1',
      port,
      path: '/readyz',
      agent: false,
      timeout: PROBE_PATIENCE_MS,
    });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** Asks again and again until the service is ready or the signal is aborted. */
export async function untilReady(port: number, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await isReady(port))) await clock.sleep(BETWEEN_PROBES_MS, signal);
}
