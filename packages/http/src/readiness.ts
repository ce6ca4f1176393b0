import { setTimeout as delay } from 'node:timers/promises';

/** Something that `/readyz` reports. */
export interface ReadinessCheck {
  readonly name: string;
  /**
   * Whether a failure takes this copy out of service. Only what every request needs gates; the rest is reported, because
   * routers would otherwise refuse work that can be done.
   */
  readonly gates: boolean;
  /** Resolves if it works; throws with the reason if not. Cut off after a second, or after 250 ms if it does not gate. */
  check(): Promise<void>;
}

/** The answer of `/readyz`. */
export interface Readiness {
  readonly status: 'up' | 'down' | 'draining';
  /** By name: `up`, or why not. */
  readonly checks: Readonly<Record<string, string>>;
  /** Checks that failed and do not gate: this copy can take work, and somebody has to look. Absent if there are none. */
  readonly warnings?: readonly string[];
}

interface Outcome {
  readonly name: string;
  readonly gates: boolean;
  readonly state: string;
}

const UP = 'up';
const GATING_PATIENCE_MS = 1_000;
/** A router's own patience is a second or two: what it does not depend on must not use that up. */
const REPORTED_PATIENCE_MS = 250;

export async function readinessOf(checks: readonly ReadinessCheck[], draining: boolean): Promise<Readiness> {
  const outcomes = await Promise.all(checks.map(outcomeOf));
  const failed = outcomes.filter(({ state }) => state !== UP);
  const isDown = failed.some(({ gates }) => gates);
  const warnings = failed.filter(({ gates }) => !gates).map(({ name }) => name);
  return {
    status: draining ? 'draining' : isDown ? 'down' : 'up',
    checks: Object.fromEntries(outcomes.map(({ name, state }) => [name, state])),
    ...(warnings.length > 0 && { warnings }),
  };
}

async function outcomeOf({ name, gates, check }: ReadinessCheck): Promise<Outcome> {
  const cut = new AbortController();
  const patience = gates ? GATING_PATIENCE_MS : REPORTED_PATIENCE_MS;
  const late = delay(patience, undefined, { signal: cut.signal }).then(() => 'no answer in time');
  const answer = Promise.resolve()
    .then(check)
    .then(
      () => UP,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  try {
    return { name, gates, state: await Promise.race([answer, late.catch(() => UP)]) };
  } finally {
    cut.abort();
  }
}
