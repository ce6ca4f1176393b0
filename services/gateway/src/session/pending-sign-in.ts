import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearCookie, cookieName, cookiesOf, setCookie } from './cookies.ts';
import type { OwnOrigin } from './own-origin.ts';
import type { Seal } from './seal.ts';
import { hashOf } from './session-id.ts';

/** A sign-in that was begun in this browser. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

const PREFIX = 'phone82-sign-in-';
const PURPOSE = 'sign-in';
const LIFE_S = 10 * 60;
/** More would make the browser's requests too long; tabs beyond these begin again. */
const MOST_TABS = 5;

interface Kept extends PendingSignIn {
  readonly until: number;
}

/** Pending sign-ins in sealed cookies: one for each tab, none on the server. */
export interface PendingSignIns {
  keep(exchange: Exchange, pending: PendingSignIn): void;
  /** The sign-in that a callback's state belongs to, once; undefined if this browser did not begin it or it is too old. */
  take(exchange: Exchange, state: string): PendingSignIn | undefined;
}

export interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly origin: OwnOrigin;
}

/** `now`: milliseconds since 1970. */
export const pendingSignIns = (seal: Seal, now: () => number): PendingSignIns => ({
  keep: ({ request, reply, origin }, pending) => {
    const before = namesIn(request, origin);
    for (const name of before.slice(0, Math.max(0, before.length - MOST_TABS + 1)))
      clearCookie(reply, origin, name);
    const kept: Kept = { ...pending, until: now() + LIFE_S * 1_000 };
    const value = seal.seal(JSON.stringify(kept), PURPOSE);
    setCookie(reply, origin, { name: nameFor(pending.state), value, maxAgeSeconds: LIFE_S });
  },
  take: ({ request, reply, origin }, state) => {
    const name = nameFor(state);
    const sealed = cookiesOf(request)[cookieName(origin, name)];
    if (sealed === undefined) return undefined;
    clearCookie(reply, origin, name);
    const text = seal.open(sealed, PURPOSE);
    const kept = text === undefined ? undefined : (JSON.parse(text) as Kept);
    return kept?.state === state && kept.until > now() ? kept : undefined;
  },
});

/** Browsers send cookies of the same path in the order in which they were made. */
function namesIn(request: FastifyRequest, origin: OwnOrigin): readonly string[] {
  const prefix = cookieName(origin, PREFIX);
  const own = Object.keys(cookiesOf(request)).filter((name) => name.startsWith(prefix));
  return own.map((name) => PREFIX + name.slice(prefix.length));
}

const nameFor = (state: string) => PREFIX + hashOf(state).slice(0, 8);
