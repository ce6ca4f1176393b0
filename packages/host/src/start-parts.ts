import {
  type ConsumerMetrics,
  type EventBus,
  type RelayMetrics,
  startConsumer,
  startRelay,
  type WatchedProgress,
} from '@phone82/messaging';
import type { Aggregate, Outbox } from '@phone82/persistence';
import { type Component, type Environment, type JobOptions, type Log, startJob } from '@phone82/runtime';
import type { Tracer } from '@phone82/telemetry';
import type { ServiceParts } from './service-definition.ts';

export interface PartsBase {
  /** Of the service's own database. */
  readonly outbox: Outbox;
  readonly bus: EventBus;
  readonly environment: Environment;
  readonly log: Log;
  readonly metrics?: RelayMetrics & ConsumerMetrics;
  readonly tracer?: Tracer | undefined;
  /** Told of the consumer once it is started. */
  onConsumer?(consumer: WatchedProgress): void;
}

/** Starts all of a service that works by itself: relay, consumer, what only this service has, and its jobs. */
export async function startParts<A extends Aggregate>(
  name: string,
  base: PartsBase,
  parts: ServiceParts<A>,
  jobs: readonly JobOptions[] = [],
): Promise<Component[]> {
  return [
    ...(await startEvents(name, base, parts)),
    ...(parts.startOwn ? await parts.startOwn() : []),
    ...[...parts.jobs, ...jobs].map((job) => startJob(job, base.environment, base.log)),
  ];
}

async function startEvents<A extends Aggregate>(
  name: string,
  base: PartsBase,
  { events }: ServiceParts<A>,
): Promise<Component[]> {
  if (!events) return [];
  const relay = startRelay(base);
  events.unitOfWork.onPublished(() => relay.nudge());
  const consumer = await startConsumer({ ...base, group: name, ...events });
  base.onConsumer?.(consumer);
  return [relay, consumer];
}
