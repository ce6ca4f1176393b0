import {
  bulkhead,
  isBrokenCircuitError,
  isBulkheadRejectedError,
  TimeoutStrategy,
  timeout,
  wrap,
} from 'cockatiel';
import type { Answer } from './answer.ts';
import { type CircuitOptions, type CircuitStateName, createCircuit } from './circuit.ts';
import type { Progress } from './transport.ts';

export interface GuardOptions {
  readonly timeoutMs: number;
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  readonly maxWaitMs: number;
  readonly breaker: CircuitOptions;
  readonly random: () => number;
  onStateChange(state: CircuitStateName): void;
}

export interface Guard {
  run(send: (progress: Progress, signal: AbortSignal) => Promise<Answer>): Promise<Answer>;
  state(): CircuitStateName;
}

/**
 * What one operation of one remote is called through. Waiting for a free place has a limit of its own: time
 * spent in our own queue says nothing about the remote, and must neither cut its answer off nor open the breaker.
 */
export function createGuard(options: GuardOptions): Guard {
  const { timeoutMs, maxConcurrent, maxQueued, maxWaitMs, breaker, random, onStateChange } = options;
  const circuit = createCircuit(breaker, onStateChange, random);
  const patience = timeout(maxWaitMs + timeoutMs, TimeoutStrategy.Aggressive);
  const places = wrap(patience, bulkhead(maxConcurrent, maxQueued));
  const attempt = wrap(timeout(timeoutMs, TimeoutStrategy.Aggressive), circuit.policy);
  const full: Answer = { kind: 'notSent', reason: 'bulkheadFull', retryAfterMs: timeoutMs };
  const notSent = (error: unknown, waited: boolean): Answer => {
    if (waited || isBulkheadRejectedError(error)) return full;
    const reason = isBrokenCircuitError(error) ? 'breakerOpen' : 'unreachable';
    return { kind: 'notSent', reason, retryAfterMs: circuit.reopensInMs() || timeoutMs };
  };
  return {
    state: circuit.state,
    run: async (send) => {
      const progress: Progress = { started: false };
      const lastTurn = performance.now() + maxWaitMs;
      let waiting = true;
      try {
        return await places.execute((place) => {
          // Sent after its patience ended, it would be cut off too soon for its answer.
          if (performance.now() > lastTurn) return full;
          waiting = false;
          return attempt.execute(({ signal }) => send(progress, signal), place.signal);
        });
      } catch (error) {
        return progress.started ? { kind: 'unknown', reason: 'timeout' } : notSent(error, waiting);
      }
    },
  };
}
