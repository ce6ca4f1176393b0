import type { Metrics } from '@phone82/telemetry';
import type { EndReason } from './session.ts';

export type RefreshOutcome = 'refreshed' | 'rejected' | 'unavailable';

/** What is counted of sessions; no label says whose. */
export interface SessionMetrics {
  begun(): void;
  ended(reason: EndReason, count?: number): void;
  refresh(outcome: RefreshOutcome): void;
}

export function sessionMetrics(metrics: Metrics): SessionMetrics {
  const begun = metrics.counter('sessions_begun_total', 'Browser sessions begun by a sign-in');
  const ended = metrics.counter('sessions_ended_total', 'Browser sessions ended, by reason', ['reason']);
  const refreshes = metrics.counter('session_refreshes_total', 'Token refreshes, by outcome', ['outcome']);
  return {
    begun: () => begun.inc(),
    ended: (reason, count = 1) => ended.inc({ reason }, count),
    refresh: (outcome) => refreshes.inc({ outcome }),
  };
}
