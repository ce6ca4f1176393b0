import type { EventBus, LoggedRecord } from './event-bus.ts';
import { rememberSuccess } from './remember-success.ts';

export interface BacklogOptions {
  readonly bus: Pick<EventBus, 'lag'>;
  readonly group: string;
}

/** Tells the records that were in the log when a consumer began from those that came later. */
export interface Backlog {
  /** Notes where each partition ends, the first time it is called. @throws what the log throws; the next call notes it. */
  note(): Promise<(record: Pick<LoggedRecord, 'partition' | 'offset'>) => boolean>;
}

export function createBacklog({ bus, group }: BacklogOptions): Backlog {
  return {
    note: rememberSuccess(async () => {
      const { partitions } = await bus.lag(group);
      const ends = new Map(partitions.map(({ partition, end }) => [partition, end]));
      return ({ partition, offset }) => offset < (ends.get(partition) ?? 0);
    }),
  };
}
