import type { LoggedRecord } from './event-bus.ts';
import type { LogHistory, Stretch } from './log-history.ts';
import type { LogServer } from './log-server.ts';

const AT_ONCE = 1_000;

/** The history of a log whose server is asked step by step. */
export function leasedHistory(server: LogServer): LogHistory {
  return {
    stretches: async (sinceMs) => {
      await server.partitions();
      return server.stretches(sinceMs);
    },
    read: (stretch) => readStretch(server, stretch),
    committed: async (group) => {
      await server.partitions();
      return server.committed(group);
    },
    moveGroup: async (group, offsets) => {
      await server.partitions();
      await server.moveGroup(group, offsets);
    },
  };
}

async function* readStretch(
  server: Pick<LogServer, 'fetch'>,
  { partition, from, until }: Stretch,
): AsyncGenerator<readonly LoggedRecord[]> {
  for (let next = from; next < until; ) {
    const fetched = (await server.fetch([{ partition, next }], AT_ONCE)).get(partition);
    // What is missing before the end was forgotten meanwhile.
    if (!fetched) return;
    const records = fetched.records.filter(({ offset }) => offset < until);
    if (records.length > 0) yield records;
    next = fetched.next;
  }
}
