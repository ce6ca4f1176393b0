import type { Aggregate, Outbox, OutboxTurn } from '@phone82/persistence';
import { type Connection, commitFaults } from './connection.ts';
import type { KeptLease, SimulatedDatabase } from './simulated-database.ts';

const LEASE = 'outbox';

/** An outbox as the SQL one: one process at a time has the turn, by a lease on the server's clock with a fencing token. */
export function simulatedOutbox<A extends Aggregate>(
  database: SimulatedDatabase<A>,
  connection: Connection,
): Outbox {
  const { server, store, leases } = database;
  const { calls, process, serverNow } = connection;
  const write = <T>(what: string, effect: () => T) =>
    calls.to(server, process, `${server.name}: ${what}`, effect, commitFaults);
  return {
    takeTurn: async (owner, ttlMs) => {
      const lease = await write('take turn', () => acquire(leases, owner, serverNow(), ttlMs));
      return lease && turnOf(database, connection, lease, ttlMs);
    },
    backlog: () =>
      calls.to(server, process, `${server.name}: backlog`, () => ({
        depth: store.outbox.size,
        oldestCreatedAt: store.outbox.values().next().value?.createdAt,
      })),
  };
}

function acquire(leases: Map<string, KeptLease>, owner: string, now: number, ttlMs: number) {
  const kept = leases.get(LEASE);
  if (kept && kept.owner !== owner && kept.expiresAt > now) return undefined;
  const token = kept?.owner === owner ? kept.token : (kept?.token ?? 0) + 1;
  leases.set(LEASE, { owner, token, expiresAt: now + ttlMs });
  return { owner, token };
}

function turnOf<A extends Aggregate>(
  { server, store, leases }: SimulatedDatabase<A>,
  { calls, process, serverNow }: Connection,
  { owner, token }: { readonly owner: string; readonly token: number },
  ttlMs: number,
): OutboxTurn {
  const mine = () => {
    const kept = leases.get(LEASE);
    return kept?.owner === owner && kept.token === token ? kept : undefined;
  };
  const held = () => {
    const kept = mine();
    return kept && kept.expiresAt > serverNow() ? kept : undefined;
  };
  const write = <T>(what: string, effect: () => T) =>
    calls.to(server, process, `${server.name}: ${what}`, effect, commitFaults);
  return {
    next: (limit) =>
      calls.to(server, process, `${server.name}: outbox`, () =>
        [...store.outbox].slice(0, limit).map(([seq, { createdAt, record }]) => ({ seq, createdAt, record })),
      ),
    remove: (events) =>
      write(
        'remove',
        () => held() !== undefined && events.map(({ seq }) => store.outbox.delete(seq)).some(Boolean),
      ),
    renew: () =>
      write('renew', () => {
        const kept = held();
        if (kept) kept.expiresAt = serverNow() + ttlMs;
        return kept !== undefined;
      }),
    release: () =>
      write('release', () => {
        const kept = mine();
        if (kept) kept.expiresAt = 0;
      }),
  };
}
