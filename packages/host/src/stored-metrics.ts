import type { EventBus } from '@phone82/messaging';
import {
  countDeadLetters,
  createOutbox,
  type Database,
  type Outbox,
  type Waiting,
} from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Metrics } from '@phone82/telemetry';
import { remembered } from './remembered.ts';

export interface StoredMetricsOptions {
  readonly database: Database;
  readonly bus: Pick<EventBus, 'lag'>;
  readonly environment: Environment;
  readonly metrics: Metrics;
  /** The consumer group that keeps the service up to date; undefined as long as there is none. */
  consumerGroup?(): string | undefined;
  /** Records that something is still to be done about. Default: there are none. */
  waiting?(): Promise<readonly Waiting[]>;
}

/**
 * What lies in the database and the log, as gauges: read when the metrics are, by index, at most once a second. What
 * cannot be read in time has no value, so that a scrape answers whatever is down.
 */
export function showStored(options: StoredMetricsOptions): void {
  showOutbox(createOutbox(options.database), options);
  showDeadLetters(options);
  showLag(options);
  showWaiting(options);
}

type Base = Pick<StoredMetricsOptions, 'metrics' | 'environment'>;

function showOutbox(outbox: Outbox, { metrics, environment }: Base): void {
  const read = remembered(() => outbox.backlog(), environment);
  metrics.gauge(
    'outbox_events',
    'Events that wait to be published, counted up to 10,000',
    [],
    async (gauge) => gauge.set((await read())?.depth ?? Number.NaN),
  );
  metrics.gauge('outbox_age_seconds', 'How long the oldest unpublished event waits', [], async (gauge) => {
    const backlog = await read();
    gauge.set(backlog ? ageOf(backlog.oldestCreatedAt, environment) : Number.NaN);
  });
}

function showDeadLetters({ database, metrics, environment }: StoredMetricsOptions): void {
  const read = remembered(() => countDeadLetters(database), environment);
  metrics.gauge(
    'dead_letters',
    'Messages put aside: dead, or parked behind one',
    ['state'],
    async (gauge) => {
      const counts = await read();
      for (const state of ['dead', 'parked'] as const) gauge.set({ state }, counts?.[state] ?? Number.NaN);
    },
  );
}

function showLag({ bus, metrics, environment, consumerGroup = () => undefined }: StoredMetricsOptions): void {
  const read = remembered(async () => {
    const group = consumerGroup();
    return group === undefined ? Number.NaN : (await bus.lag(group)).total;
  }, environment);
  metrics.gauge('consumer_lag_records', 'Records of the log that are not worked off yet', [], async (gauge) =>
    gauge.set((await read()) ?? Number.NaN),
  );
}

function showWaiting({ metrics, environment, waiting }: StoredMetricsOptions): void {
  if (!waiting) return;
  const read = remembered(waiting, environment);
  metrics.gauge('saga_waiting', 'Orders whose next step is still to be done', ['state'], async (gauge) => {
    for (const { state, count } of (await read()) ?? []) gauge.set({ state }, count);
  });
  metrics.gauge('saga_age_seconds', 'How long the oldest of them waits', ['state'], async (gauge) => {
    for (const { state, since } of (await read()) ?? []) gauge.set({ state }, ageOf(since, environment));
  });
}

const ageOf = (since: number | undefined, environment: Environment) =>
  since === undefined ? 0 : Math.max(0, environment.now() - since) / 1_000;
