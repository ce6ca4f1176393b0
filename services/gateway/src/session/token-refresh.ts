import { Problem } from '@phone82/http';
import type { Environment, Log } from '@phone82/runtime';
import { type Issuer, RefreshRefused } from './issuer.ts';
import type { RefreshClaims } from './refresh-claims.ts';
import type { Session, Tokens } from './session.ts';
import type { SessionMetrics } from './session-metrics.ts';

export interface TokenRefresh {
  /** Refreshes a session's tokens, once for all callers of all copies. Never throws. */
  refresh(session: Session): Promise<Refreshed>;
  /** Resolves when no refresh is under way. */
  settled(): Promise<void>;
}

/** `elsewhere`: another copy does it, did it or waits; `failed`: try again later. */
export type Refreshed =
  | { readonly kind: 'refreshed'; readonly session: Session }
  | { readonly kind: 'elsewhere' | 'failed' | 'refused' };

export interface TokenRefreshBase {
  readonly claims: RefreshClaims;
  readonly issuer: Issuer;
  readonly environment: Environment;
  readonly metrics: SessionMetrics;
  readonly log: Log;
}

const TRIES_TO_KEEP = 20;
const KEEP_AGAIN_MS = 500;

export function createTokenRefresh(base: TokenRefreshBase): TokenRefresh {
  const underWay = new Map<string, Promise<Refreshed>>();
  return {
    refresh: (session) => {
      const known = underWay.get(session.idHash);
      if (known) return known;
      const begun = refreshOnce(base, session)
        .catch((error): Refreshed => {
          base.log.warn({ err: error }, 'a session was not refreshed');
          return { kind: 'failed' };
        })
        .finally(() => underWay.delete(session.idHash));
      underWay.set(session.idHash, begun);
      return begun;
    },
    settled: async () => {
      await Promise.all(underWay.values());
    },
  };
}

async function refreshOnce(base: TokenRefreshBase, session: Session): Promise<Refreshed> {
  const { claims, issuer, environment, metrics } = base;
  const owner = environment.newId();
  if (session.refreshToken === undefined || !(await claims.claim(session, owner)))
    return { kind: 'elsewhere' };
  try {
    const tokens = await issuer.refresh(session.refreshToken, session);
    metrics.refresh('refreshed');
    return await keep(base, session, { owner, tokens });
  } catch (error) {
    if (error instanceof RefreshRefused) {
      metrics.refresh('rejected');
      return { kind: 'refused' };
    }
    if (!(error instanceof Problem)) throw error;
    metrics.refresh('unavailable');
    await claims.giveUp(session, owner);
    return { kind: 'failed' };
  }
}

/** The old refresh token may not count any more, so a database that is away for a moment is waited for. */
async function keep(
  { claims, environment }: TokenRefreshBase,
  session: Session,
  { owner, tokens }: { readonly owner: string; readonly tokens: Tokens },
): Promise<Refreshed> {
  for (let tries = 1; ; tries += 1) {
    try {
      if (!(await claims.keep(session, owner, tokens))) return { kind: 'elsewhere' };
      const version = session.version + 1;
      return { kind: 'refreshed', session: { ...session, ...tokens, version, refreshingUntil: 0 } };
    } catch (error) {
      if (tries >= TRIES_TO_KEEP) throw error;
      await environment.sleep(KEEP_AGAIN_MS);
    }
  }
}
