import { Problem } from '@phone82/http';
import type { Environment, Log } from '@phone82/runtime';
import type { Issuer } from './issuer.ts';
import { PAUSE_MS } from './refresh-claims.ts';
import type { EndReason, Session, Tokens } from './session.ts';
import type { SessionCache } from './session-cache.ts';
import type { SessionTimes } from './session-config.ts';
import { hashOf, isSessionId, newSessionId } from './session-id.ts';
import type { SessionMetrics } from './session-metrics.ts';
import type { Ended, SessionStore, Which } from './session-store.ts';
import type { TokenRefresh } from './token-refresh.ts';

/** The browser sessions of this copy of the gateway. Where the database is away, calls reject. */
export interface SessionKeeper {
  /**
   * The session of a cookie with an access token that is valid; undefined if there is none. Counts as a use. No promise where it is
   * known already.
   */
  find(cookie: string): Session | Promise<Session | undefined>;
  /** The same by the hash of the cookie. */
  findByHash(idHash: string): Promise<Session | undefined>;
  /** A new session under a new id, which only the browser gets to know. */
  begin(tokens: Tokens): Promise<{ readonly id: string; readonly session: Session }>;
  /** Ends sessions here and, within seconds, on every other copy. Returns how many. */
  end(which: Which, reason: EndReason): Promise<number>;
}

export interface SessionKeeperBase {
  readonly store: SessionStore;
  readonly cache: SessionCache;
  readonly refresh: TokenRefresh;
  readonly issuer: Pick<Issuer, 'revoke'>;
  readonly times: SessionTimes;
  readonly environment: Environment;
  readonly metrics: SessionMetrics;
  readonly log: Log;
}

const TOUCH_EVERY_MS = 60_000;
/** A flood of sign-ins of one person keeps no more rows than these. */
const MOST_OF_ONE_PERSON = 100;
const RETRY_AFTER_S = 3;
const LOOK_EVERY_MS = 200;
const MOST_LOOKS = 10;

export function createSessionKeeper(base: SessionKeeperBase): SessionKeeper {
  const findByHash = async (idHash: string) => {
    const session = await living(base, idHash);
    if (!session) return undefined;
    await touchIfDue(base, session);
    return withValidToken(base, session);
  };
  return {
    findByHash,
    find: (cookie) => {
      if (!isSessionId(cookie)) return NONE;
      const idHash = hashOf(cookie);
      return known(base, idHash) ?? findByHash(idHash);
    },
    begin: async (tokens) => {
      const { store, environment, metrics, times } = base;
      const id = newSessionId();
      const now = environment.now();
      const end = now + times.absoluteMs;
      // Without a refresh token the services take no request after the access token.
      const expiresAt = tokens.refreshToken === undefined ? Math.min(end, tokens.accessExpiresAt) : end;
      const idHash = hashOf(id);
      await store.insert({ idHash, tokens, now, expiresAt });
      metrics.begun();
      noteEnd(base, await store.trim(tokens.person.subject, MOST_OF_ONE_PERSON), 'tooMany');
      const session = { ...tokens, idHash, expiresAt, lastUsedAt: now, version: 1, refreshingUntil: 0 };
      return { id, session };
    },
    end: async (which, reason) => noteEnd(base, await base.store.end(which), reason),
  };
}

const NONE = Promise.resolve(undefined);

/** A session that was read a moment ago and about which nothing is to be done. */
function known({ cache, environment }: SessionKeeperBase, idHash: string): Session | undefined {
  const session = cache.get(idHash);
  const now = environment.now();
  return session &&
    now - session.lastUsedAt < TOUCH_EVERY_MS &&
    now < session.refreshAt &&
    now < session.expiresAt
    ? session
    : undefined;
}

/** Forgets what was ended, counts it, and has the issuer revoke its tokens; nobody waits for that. */
function noteEnd({ cache, metrics, issuer }: SessionKeeperBase, ended: Ended, reason: EndReason): number {
  for (const idHash of ended.idHashes) cache.forget(idHash);
  if (ended.idHashes.length > 0) metrics.ended(reason, ended.idHashes.length);
  if (ended.refreshTokens.length > 0) void issuer.revoke(ended.refreshTokens);
  return ended.idHashes.length;
}

async function living(base: SessionKeeperBase, idHash: string): Promise<Session | undefined> {
  const { cache, environment, times } = base;
  const idleSince = environment.now() - times.idleMs;
  const cached = cache.get(idHash);
  // Another copy may have noted a use since.
  const session = cached && cached.lastUsedAt > idleSince ? cached : await read(base, idHash);
  if (!session) return undefined;
  if (session.expiresAt <= environment.now()) return endOne(base, { idHash }, 'expired');
  if (session.lastUsedAt <= idleSince) return endOne(base, { idHash, unusedSince: idleSince }, 'idle');
  return session;
}

async function read({ store, cache }: SessionKeeperBase, idHash: string): Promise<Session | undefined> {
  const keep = cache.beginRead();
  const session = await store.find(idHash);
  if (session) keep(session);
  return session;
}

async function endOne(base: SessionKeeperBase, which: Which, reason: EndReason): Promise<undefined> {
  noteEnd(base, await base.store.end(which), reason);
}

/** A use is noted once a minute. A use that could not be noted is no reason to refuse the request. */
async function touchIfDue(
  { store, cache, environment, log }: SessionKeeperBase,
  session: Session,
): Promise<void> {
  const now = environment.now();
  if (now - session.lastUsedAt < TOUCH_EVERY_MS) return;
  const { idHash } = session;
  cache.change(idHash, { lastUsedAt: now });
  await store
    .touch(idHash, now)
    .catch((error) => log.warn({ err: error }, 'the use of a session was not noted'));
}

/** While the token is valid nobody waits for its refresh. */
async function withValidToken(base: SessionKeeperBase, session: Session): Promise<Session | undefined> {
  const now = base.environment.now();
  if (now < session.refreshAt || session.refreshToken === undefined) return session;
  if (now >= session.accessExpiresAt) return untilRefreshed(base, session);
  if (now >= session.refreshingUntil)
    refreshed(base, session).catch((error) => base.log.warn({ err: error }, 'a session was not refreshed'));
  return session;
}

async function refreshed(base: SessionKeeperBase, session: Session): Promise<Session | undefined> {
  const { refresh, cache, environment } = base;
  const { idHash, version } = session;
  const outcome = await refresh.refresh(session);
  if (outcome.kind === 'refreshed') {
    cache.beginRead()(outcome.session);
    return outcome.session;
  }
  if (outcome.kind === 'refused') await endOne(base, { idHash, version }, 'revoked');
  if (outcome.kind !== 'failed') return read(base, idHash);
  cache.change(idHash, { refreshingUntil: environment.now() + PAUSE_MS });
  return session;
}

/** The token is no longer valid: waits for a new one, whoever gets it. @throws Problem `service-unavailable` if none comes. */
async function untilRefreshed(base: SessionKeeperBase, session: Session): Promise<Session | undefined> {
  const { environment } = base;
  let latest: Session | undefined = session;
  for (let looks = 0; latest && looks < MOST_LOOKS; looks += 1) {
    latest =
      environment.now() < latest.refreshingUntil
        ? await read(base, session.idHash)
        : await refreshed(base, latest);
    if (!latest || environment.now() < latest.accessExpiresAt) return latest;
    await environment.sleep(LOOK_EVERY_MS);
  }
  throw new Problem('service-unavailable', {}, RETRY_AFTER_S);
}
