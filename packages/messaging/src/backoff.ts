import type { Environment } from '@phone82/runtime';

export interface BackoffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
}

/** How long to wait after so many failures in a row (from 1): doubled each time, with the half of it left to chance. */
export function backoffMs(
  { firstMs, maxMs }: BackoffOptions,
  failures: number,
  environment: Environment,
): number {
  const full = Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 16));
  return full * (0.5 + environment.random() / 2);
}
