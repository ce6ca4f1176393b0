import type { LogServer, MemoryLogServer } from '@phone82/messaging';
import type { SimulatedServer } from '../network/calls.ts';
import type { Connection } from './connection.ts';

export const logServer = (): SimulatedServer => ({
  name: 'log',
  isEmbedded: false,
  downUntil: 0,
  unreachable: 'log unreachable',
  downForAWhile: 'log down for a while',
  failure: () => new Error('Connection terminated unexpectedly'),
});

/** The log server as one process reaches it. */
export function simulatedLogServer(
  log: MemoryLogServer,
  server: SimulatedServer,
  { calls, process }: Pick<Connection, 'calls' | 'process'>,
): LogServer {
  const ask = <T>(what: string, effect: () => Promise<T>) =>
    calls.to(server, process, `log: ${what}`, effect);
  return {
    partitions: () => log.partitions(),
    append: (records) =>
      calls.to(server, process, 'log: append', () => log.append(records), {
        answerLost: 'records appended, answer lost',
      }),
    fetch: (places, limit, types) => ask('fetch', () => log.fetch(places, limit, types)),
    membership: (group, member) => {
      const the = log.membership(group, member);
      return {
        beat: (leaseMs) => ask('beat', () => the.beat(leaseMs)),
        take: (partitions, leaseMs) => ask('take', () => the.take(partitions, leaseMs)),
        commit: (offsets) => {
          const moved = offsets.map(({ partition, epoch, next }) => ({ partition, epoch, next }));
          return calls.to(server, process, 'log: offsets', () => the.commit(moved), {
            answerLost: 'offsets moved, answer lost',
          });
        },
        giveUp: (partitions) => ask('give up', () => the.giveUp(partitions)),
        leave: () => ask('leave', () => the.leave()),
      };
    },
    lag: (group) => ask('lag', () => log.lag(group)),
    deleteGroup: (group) => ask('delete group', () => log.deleteGroup(group)),
    stretches: (sinceMs) => ask('stretches', () => log.stretches(sinceMs)),
    committed: (group) => ask('committed', () => log.committed(group)),
    moveGroup: (group, offsets) => ask('move group', () => log.moveGroup(group, offsets)),
    ping: () => ask('ping', () => log.ping()),
    close: async () => undefined,
  };
}
