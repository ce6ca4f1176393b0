import type { EventBus } from '@phone82/messaging';
import type { Environment } from '@phone82/runtime';
import type { Metrics } from '@phone82/telemetry';
import { remembered } from './remembered.ts';

/** Resolves to undefined while the log answers, else to the reason why not. The log is asked at most once a second. */
export type LogReachability = () => Promise<string | undefined>;

export function watchLog(
  bus: Pick<EventBus, 'ping'>,
  { environment, metrics }: { readonly environment: Environment; readonly metrics: Metrics },
): LogReachability {
  const ask = remembered(
    () =>
      bus.ping().then(
        () => ({}),
        (error: unknown) => ({ reason: error instanceof Error ? error.message : String(error) }),
      ),
    environment,
  );
  const whyNot = async () => {
    const answer: { readonly reason?: string } = (await ask()) ?? { reason: 'no answer in time' };
    return answer.reason;
  };
  metrics.gauge('log_reachable', '1 while the log answers this process, else 0', [], async (gauge) =>
    gauge.set((await whyNot()) === undefined ? 1 : 0),
  );
  return whyNot;
}
