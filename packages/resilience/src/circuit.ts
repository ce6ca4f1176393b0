import {
  CircuitState,
  circuitBreaker,
  handleWhenResult,
  type IBackoff,
  type IPolicy,
  SamplingBreaker,
} from 'cockatiel';
import { type Answer, isFailure, wasCutShort } from './answer.ts';

export type CircuitStateName = 'closed' | 'open' | 'halfOpen';

export interface CircuitOptions {
  /** The share of failures above which it opens. Default 0.5. */
  readonly failureRatio?: number;
  /** Fewer calls than this in the window never open it. Default 5. */
  readonly minimumCalls?: number;
  /** Default 10 s. */
  readonly windowMs?: number;
  /** When it lets one call try again: this, up to twice this by chance. Default 1 s. */
  readonly halfOpenAfterMs?: number;
}

export interface Circuit {
  readonly policy: IPolicy;
  state(): CircuitStateName;
  /** Until a call may try again; 0 unless open. */
  reopensInMs(): number;
}

const names: Readonly<Record<CircuitState, CircuitStateName>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'halfOpen',
  [CircuitState.Isolated]: 'open',
};

/** A breaker that opens on a share of failures, and probes with one call at a time. */
export function createCircuit(
  options: CircuitOptions,
  onChange: (state: CircuitStateName) => void,
  random: () => number,
): Circuit {
  const { failureRatio = 0.5, minimumCalls = 5, windowMs = 10_000, halfOpenAfterMs = 1_000 } = options;
  let probeAt = 0;
  const nextProbe = (): IBackoff<unknown> => {
    const duration = Math.round(halfOpenAfterMs * (1 + random()));
    probeAt = Date.now() + duration;
    return { duration, next: nextProbe };
  };
  // The breaker multiplies the rate out again; half a call less keeps rounding from asking for one more.
  const minimumRps = (minimumCalls - 0.5) / (windowMs / 1_000);
  let probing = false;
  const policy = circuitBreaker(
    handleWhenResult((answer) => speaksAgainst(answer as Answer, probing)),
    {
      breaker: new SamplingBreaker({ threshold: failureRatio, duration: windowMs, minimumRps }),
      halfOpenAfter: { next: nextProbe },
    },
  );
  policy.onStateChange((state) => {
    probing = state === CircuitState.HalfOpen;
    onChange(names[state]);
  });
  return {
    policy,
    state: () => names[policy.state],
    reopensInMs: () => (policy.state === CircuitState.Open ? Math.max(0, probeAt - Date.now()) : 0),
  };
}

/** A caller in a hurry must not open the breaker for others, nor its unfinished probe close it. */
function speaksAgainst(answer: Answer, probing: boolean): boolean {
  return isFailure(answer) && (probing || !wasCutShort(answer));
}
