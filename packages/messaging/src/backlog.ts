import type { Environment } from '@phone82/runtime';
import type { EventBus, LoggedRecord } from './event-bus.ts';
import { rememberSuccess } from './remember-success.ts';

export interface BacklogOptions {
  readonly bus: Pick<EventBus, 'lag'>;
  readonly group: string;
  readonly environment: Pick<Environment, 'now'>;
}

type Place = Pick<LoggedRecord, 'partition' | 'offset'>;

/** What a consumer knows of the backlog: the records that were in the log when it began. */
export interface BacklogState {
  /** Whether a record is one of them. */
  holds(record: Place): boolean;
  /** Whether the group has handled all of them, in every partition. */
  readonly isHandled: boolean;
}

export interface Backlog {
  /** Notes where each partition ends, the first time it is called. @throws what the log throws; the next call notes it. */
  note(): Promise<BacklogState>;
}

const LOOK_EVERY_MS = 100;

/** Tells the records that were in the log when a consumer began from those that came later. */
export function createBacklog({ bus, group, environment }: BacklogOptions): Backlog {
  let isHandled = false;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const noteEnds = rememberSuccess(async () => {
    const { partitions } = await bus.lag(group);
    return new Map(partitions.map(({ partition, end }) => [partition, end]));
  });
  const look = async (ends: ReadonlyMap<number, number>) => {
    if (isHandled || environment.now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = environment.now();
    const { partitions } = await bus.lag(group);
    isHandled = partitions.every(({ partition, committed }) => committed >= (ends.get(partition) ?? 0));
  };
  return {
    note: async () => {
      const ends = await noteEnds();
      // What can't be asked counts as not handled.
      await look(ends).catch(() => undefined);
      return { holds: ({ partition, offset }) => offset < (ends.get(partition) ?? 0), isHandled };
    },
  };
}
