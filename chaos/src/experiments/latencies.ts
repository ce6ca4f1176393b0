/** An answer, as whoever asked saw it. */
export interface Sample {
  /** When it was asked, by the clock of `performance.now()`. */
  readonly at: number;
  readonly ms: number;
  /** 0 is no answer. */
  readonly status: number;
  readonly retryAfterMs?: number | undefined;
}

/** The value that this share of the samples does not exceed; NaN without samples. */
export function quantile(samples: readonly Pick<Sample, 'ms'>[], share: number): number {
  const sorted = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

/** `p50 8 ms, p99 31 ms`. */
export const quantiles = (samples: readonly Sample[]) =>
  `p50 ${quantile(samples, 0.5).toFixed(1)} ms, p99 ${quantile(samples, 0.99).toFixed(1)} ms`;
