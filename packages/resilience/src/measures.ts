import type { Metrics } from '@phone82/telemetry';
import type { Answer } from './answer.ts';
import type { CircuitStateName } from './circuit.ts';

const levels: Readonly<Record<CircuitStateName, number>> = { closed: 0, halfOpen: 1, open: 2 };

export interface RemoteMeasures {
  call(operation: string, answer: Answer, ms: number): void;
  breaker(operation: string, state: CircuitStateName): void;
}

/** How long calls took by what came of them, and the state of each breaker: 0 closed, 1 half open, 2 open. */
export function measureRemote(remote: string, metrics?: Metrics): RemoteMeasures {
  const duration = metrics?.histogram('remote_call_duration_seconds', 'Time a call to another service took', [
    'remote',
    'operation',
    'outcome',
  ]);
  const state = metrics?.gauge('remote_breaker_state', '0 closed, 1 half open, 2 open', [
    'remote',
    'operation',
  ]);
  return {
    call: (operation, answer, ms) => {
      const outcome =
        answer.kind === 'answered' ? `answered${Math.floor(answer.status / 100)}xx` : answer.reason;
      duration?.labels(remote, operation, outcome).observe(ms / 1_000);
    },
    breaker: (operation, name) => state?.labels(remote, operation).set(levels[name]),
  };
}
