import type { Session } from './session.ts';

/** Sessions as they were read a moment ago: bounded in time and number. */
export interface SessionCache {
  /** Undefined if it was not read within the last seconds. */
  get(idHash: string): Session | undefined;
  /** Begins a read: what the returned function is given is as old as this call. */
  beginRead(): (session: Session) => void;
  /** Changes a session that is there. */
  change(idHash: string, changes: Partial<Session>): void;
  forget(idHash: string): void;
}

const FRESH_MS = 5_000;
const MOST = 10_000;

interface Entry {
  readonly session: Session;
  readonly readAt: number;
}

/** `now` is monotonic, in milliseconds. The least recently used session makes way for a new one. */
export function createSessionCache(now: () => number, most = MOST): SessionCache {
  const entries = new Map<string, Entry>();
  const put = (entry: Entry) => {
    const { idHash, version } = entry.session;
    // A read that began before a refresh must not bring the old tokens back.
    if ((entries.get(idHash)?.session.version ?? 0) > version) return;
    entries.delete(idHash);
    entries.set(idHash, entry);
    if (entries.size > most) entries.delete(entries.keys().next().value as string);
  };
  return {
    get: (idHash) => {
      const entry = entries.get(idHash);
      if (!entry) return undefined;
      entries.delete(idHash);
      if (now() - entry.readAt >= FRESH_MS) return undefined;
      entries.set(idHash, entry);
      return entry.session;
    },
    beginRead: () => {
      const readAt = now();
      return (session) => put({ session, readAt });
    },
    change: (idHash, changes) => {
      const entry = entries.get(idHash);
      if (entry) entries.set(idHash, { ...entry, session: { ...entry.session, ...changes } });
    },
    forget: (idHash) => void entries.delete(idHash),
  };
}
