import type { ControlClient } from '../control/client.ts';
import { Fault } from '../faults.ts';
import type { Api, Reply } from '../story/api.ts';
import { until } from '../story/until.ts';

/** What the system promises for the time after a fault, and so the longest that a step waits. */
const CONVERGES_WITHIN_MS = 30_000;

/** The running system, and the ways in which the demo's steps look at it. */
export interface Stage {
  readonly api: Api;
  order(service: 'gateway' | 'app', item: string, qty: number): Promise<Reply>;
  cancel(id: number): Promise<Reply>;
  /** Looks at a record until it is as wanted, and fails with what it was instead. */
  see(service: string, path: string, wanted: Record<string, unknown>): Promise<string>;
  stop(service: string): Promise<string>;
  start(service: string): Promise<string>;
  /** Starts again what was stopped and not started since. */
  clear(): Promise<void>;
}

/** Looking ends early once the signal is aborted. */
export function setStage(api: Api, supervisor: ControlClient, interrupted: AbortSignal): Stage {
  const stopped = new Set<string>();
  const start = async (service: string) => {
    const outcome = await supervisor.start(service);
    stopped.delete(service);
    return outcome?.message ?? '';
  };
  return {
    api,
    order: (service, item, qty) => api.post(service, '/orders', { item, qty }),
    cancel: (id) => api.patch('app', `/orders/${id}`, { status: 'cancel' }),
    see: async (service, path, wanted) => {
      const fits = ({ body }: Reply) =>
        Object.entries(wanted).every(([field, value]) => body?.[field] === value);
      const found = await until(() => api.get(service, path), fits, CONVERGES_WITHIN_MS, interrupted);
      const shown = Object.keys(wanted).map((field) => `${field}=${JSON.stringify(found.body?.[field])}`);
      if (!fits(found))
        throw new Fault(`${shown.join(' ')} (${found.status}), and not ${JSON.stringify(wanted)}`);
      return shown.join(' ').replaceAll('"', '');
    },
    stop: async (service) => {
      stopped.add(service);
      return (await supervisor.stop(service))?.message ?? '';
    },
    start,
    clear: async () => {
      for (const service of stopped) await start(service);
    },
  };
}

/** @throws Fault saying what came instead. */
export function expect(holds: boolean, otherwise: string): void {
  if (!holds) throw new Fault(otherwise);
}
