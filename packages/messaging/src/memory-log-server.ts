import { TOPIC } from '@phone82/contracts';
import type { LoggedRecord } from './event-bus.ts';
import type { Fetched, GroupMembership, LogServer, PlacedRecord } from './log-server.ts';
import { isWanted } from './wanted-types.ts';

/** What a group keeps on the server. */
export interface MemoryGroupState {
  /** Each member and when it counts as gone. */
  readonly members: Map<string, number>;
  readonly owners: { owner: string | undefined; epoch: number; leaseUntil: number; committed: number }[];
}

/** A log server in memory, with its state laid open. */
export interface MemoryLogServer extends LogServer {
  readonly records: readonly LoggedRecord[][];
  readonly groups: ReadonlyMap<string, MemoryGroupState>;
}

/** The log and its groups in one process's memory, on a clock of its own; each call is atomic, as a statement is. */
export function createMemoryLogServer(now: () => number, partitionCount = 8): MemoryLogServer {
  const records = Array.from({ length: partitionCount }, (): LoggedRecord[] => []);
  const groups = new Map<string, MemoryGroupState>();
  const groupOf = (name: string): MemoryGroupState => {
    const group = groups.get(name) ?? newGroup(partitionCount);
    groups.set(name, group);
    return group;
  };
  return {
    records,
    groups,
    partitions: async () => partitionCount,
    append: async (placed) => append(records, placed, now()),
    fetch: async (places, limit, types) =>
      new Map(
        places.flatMap(({ partition, next }) => {
          const fetched = readFrom(records[partition] ?? [], next, limit, types);
          return fetched.next > next ? [[partition, fetched] as const] : [];
        }),
      ),
    membership: (group, member) => membershipOf(() => groupOf(group), member, now),
    lag: async (name) => {
      const partitions = records.map((all, partition) => ({
        partition,
        committed: groups.get(name)?.owners[partition]?.committed ?? 0,
        end: all.length,
      }));
      return { partitions, total: partitions.reduce((sum, { committed, end }) => sum + end - committed, 0) };
    },
    deleteGroup: async (name) => {
      refuseLivingGroup(name, groups.get(name), now());
      groups.delete(name);
    },
    stretches: async () =>
      records.map((all, partition) => ({ partition, from: all[0]?.offset ?? 0, until: all.length })),
    committed: async (name) => committedOf(groups.get(name)),
    moveGroup: async (name, offsets) => {
      refuseLivingGroup(name, groups.get(name), now());
      for (const [partition, committed] of offsets) {
        const one = groupOf(name).owners[partition];
        if (one) Object.assign(one, { owner: undefined, leaseUntil: 0, epoch: one.epoch + 1, committed });
      }
    },
    ping: async () => undefined,
    close: async () => undefined,
  };
}

function committedOf(group: MemoryGroupState | undefined): ReadonlyMap<number, number> {
  const owners = group?.owners ?? [];
  return new Map(
    owners.flatMap(({ committed }, partition) => (committed > 0 ? [[partition, committed]] : [])),
  );
}

function refuseLivingGroup(name: string, group: MemoryGroupState | undefined, now: number): void {
  const lives = [...(group?.members.values() ?? [])].some((until) => until > now);
  if (lives) throw new Error(`the group ${name} still has members`);
}

function readFrom(
  log: readonly LoggedRecord[],
  from: number,
  limit: number,
  types: ReadonlySet<string> | undefined,
): Fetched {
  const seen = log.slice(from, from + limit);
  return { records: seen.filter((record) => isWanted(record, types)), next: from + seen.length };
}

function newGroup(partitions: number): MemoryGroupState {
  const owners = Array.from({ length: partitions }, () => ({
    owner: undefined,
    epoch: 0,
    leaseUntil: 0,
    committed: 0,
  }));
  return { members: new Map(), owners };
}

function append(
  records: readonly LoggedRecord[][],
  placed: readonly PlacedRecord[],
  timestamp: number,
): void {
  for (const record of placed) {
    const log = records[record.partition] as LoggedRecord[];
    log.push({ ...record, topic: TOPIC, offset: log.length, timestamp });
  }
}

function membershipOf(group: () => MemoryGroupState, member: string, now: () => number): GroupMembership {
  const mine = () => [...group().owners.entries()].filter(([, { owner }]) => owner === member);
  const free = (one: MemoryGroupState['owners'][number]) => {
    one.owner = undefined;
    one.leaseUntil = 0;
  };
  return {
    beat: async (leaseMs) => {
      group().members.set(member, now() + leaseMs);
      for (const [, one] of mine()) one.leaseUntil = now() + leaseMs;
      const alive = [...group().members].filter(([, until]) => until > now()).map(([name]) => name);
      return {
        members: alive.sort(),
        owned: new Map(mine().map(([partition, { epoch }]) => [partition, epoch])),
      };
    },
    take: async (wanted, leaseMs) =>
      wanted.flatMap((partition) => {
        const one = group().owners[partition];
        if (!one || (one.owner !== undefined && one.leaseUntil > now())) return [];
        Object.assign(one, { owner: member, epoch: one.epoch + 1, leaseUntil: now() + leaseMs });
        return [{ partition, epoch: one.epoch, committed: one.committed }];
      }),
    commit: async (offsets) => {
      const kept = offsets.filter(({ partition, epoch, next }) => {
        const one = group().owners[partition];
        if (one?.owner !== member || one.epoch !== epoch) return false;
        one.committed = next;
        return true;
      });
      return new Set(kept.map(({ partition }) => partition));
    },
    giveUp: async (partitions) => {
      for (const [partition, one] of mine()) if (partitions.includes(partition)) free(one);
    },
    leave: async () => {
      group().members.delete(member);
      for (const [, one] of mine()) free(one);
    },
  };
}
