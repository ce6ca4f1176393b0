import { type Component, type Environment, type Log, startJob } from '@phone82/runtime';
import { type ConsumerProgress, ProgressWatch } from './consumer-progress.ts';
import type { EventBus } from './event-bus.ts';

export interface ProgressMetrics {
  /** How long the slowest partition of a group has had unread records and not moved, in seconds; undefined: the group is not read any more. */
  standing(group: string, seconds: number | undefined): void;
}

export interface WatchProgressOptions {
  readonly bus: Pick<EventBus, 'lag'>;
  readonly group: string;
  readonly environment: Environment;
  readonly log: Log;
  readonly metrics?: ProgressMetrics | undefined;
}

/** Something that tells whether a group makes progress. */
export interface WatchedProgress extends Component {
  progress(): ConsumerProgress;
}

const LOOK_EVERY_MS = 5_000;

/** Looks every 5 s whether a group makes progress, and logs when it ceases to and when it goes on. */
export function watchProgress(options: WatchProgressOptions): WatchedProgress {
  const { bus, group, environment, log, metrics } = options;
  const watch = new ProgressWatch();
  let told: ConsumerProgress['state'] = 'ok';

  const tell = () => {
    const { state, since, partitions } = watch.progress(environment.now());
    if (state === told) return;
    told = state;
    if (state === 'stalled')
      log.error({ group, partitions, since: new Date(since ?? 0).toISOString() }, 'consumer stalled');
    else log.warn({ group }, 'consumer makes progress again');
  };

  const run = async () => {
    try {
      watch.look(await bus.lag(group), environment.now());
    } catch {
      // The bus logs its own outages.
      watch.lookFailed(environment.now());
    }
    metrics?.standing(group, watch.standingMs(environment.now()) / 1_000);
    tell();
    return 'done' as const;
  };
  const job = startJob({ name: `progress of ${group}`, everyMs: LOOK_EVERY_MS, run }, environment, log);
  return {
    name: job.name,
    progress: () => watch.progress(environment.now()),
    stop: async () => {
      await job.stop();
      metrics?.standing(group, undefined);
    },
  };
}
