import type { Environment } from '@phone82/runtime';
import type { EventBus, GroupLag, LoggedRecord } from './event-bus.ts';
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
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = async () => {
    askedAt = environment.now();
    return (await bus.lag(group)).partitions;
  };
  const noteEnds = rememberSuccess(async () => {
    const partitions = await ask();
    const ends = new Map(partitions.map(({ partition, end }) => [partition, end]));
    isHandled = reaches(partitions, ends);
    return ends;
  });
  return {
    note: async () => {
      const ends = await noteEnds();
      if (!isHandled && environment.now() - askedAt >= LOOK_EVERY_MS)
        // What can't be asked counts as not handled.
        isHandled = await ask().then(
          (partitions) => reaches(partitions, ends),
          () => false,
        );
      return { holds: ({ partition, offset }) => offset < (ends.get(partition) ?? 0), isHandled };
    },
  };
}

/** Whether the group has handled every partition up to its noted end. */
const reaches = (partitions: GroupLag['partitions'], ends: ReadonlyMap<number, number>): boolean =>
  partitions.every(({ partition, committed }) => committed >= (ends.get(partition) ?? 0));
