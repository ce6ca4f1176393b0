import { type EventBody, encodeEvent, type PhoneEvent, type WireRecord } from '@phone82/contracts';
import type { ServiceDefinition } from '@phone82/host';
import type { ListeningServer } from '@phone82/http';
import type { EventBus, MemoryBus, MemoryLog } from '@phone82/messaging';
import type { Aggregate, Database, Outbox } from '@phone82/persistence';
import { type Environment, loadConfig, realEnvironment } from '@phone82/runtime';
import type { TObject } from 'typebox';
import { eventually } from './eventually.ts';
import { watchJobs } from './failed-jobs.ts';
import { type HttpClient, httpClient } from './http-client.ts';

export interface TestServiceOptions {
  readonly databaseUrl: string;
  /** Settings as the environment would give them, on top of a free port and silence. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default: the real one. */
  readonly environment?: Environment;
  /** The log of an earlier start, or of other services. Default: an empty one. */
  readonly log?: MemoryLog;
  /** Stands between the service and the bus in memory, for faults. Default: nothing. */
  readonly between?: (bus: EventBus) => EventBus;
  /** Whether jobs fail because the test makes them. Default: one that does fails the test when the service is stopped. */
  readonly jobsMayFail?: boolean;
}

/** A service of a test: the whole of it, in this process, with a bus in memory. */
export interface TestService extends HttpClient {
  readonly url: string;
  readonly database: Database;
  readonly log: MemoryLog;
  /** Publishes events as another service would, under new message ids. Returns the records. */
  publish(...events: readonly EventBody[]): Promise<readonly WireRecord[]>;
  /** Puts records on the bus as they are. */
  publishRecords(...records: readonly WireRecord[]): Promise<void>;
  /** What this service published about an order, or at all, in order. */
  published(orderId?: number): readonly PhoneEvent[];
  /** Resolves when every record is consumed, and every event of this service published. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a service by its own builder, listening at a free port of this machine. */
export async function startTestService<A extends Aggregate, Schema extends TObject>(
  definition: ServiceDefinition<A, Schema>,
  options: TestServiceOptions,
): Promise<TestService> {
  // Loaded here, for most tests that use this package need none of it.
  const { startService } = await import('@phone82/host');
  const { createMemoryBus, createMemoryLog } = await import('@phone82/messaging');
  const { createOutbox, openDatabase } = await import('@phone82/persistence');
  const { createLog, createMetrics } = await import('@phone82/telemetry');
  const { environment = realEnvironment, log = createMemoryLog(), databaseUrl, between } = options;
  const bus = createMemoryBus({ environment, log });
  const jobs = watchJobs();
  const database = openDatabase(databaseUrl, { name: definition.name, poolSize: 10 });
  const components = await startService(definition, {
    config: loadConfig(definition.config, {
      PORT: '0',
      LOG_LEVEL: 'silent',
      DATABASE_URL: databaseUrl,
      BUS_URL: 'postgres://in-memory',
      ...options.settings,
    }) as never,
    database,
    bus: between?.(bus) ?? bus,
    environment,
    log: createLog({ service: definition.name, level: 'error', destination: jobs }),
    metrics: createMetrics(definition.name),
  });
  const url = `http://127.0.0.1:${(components.at(-1) as ListeningServer).port}`;
  return {
    url,
    database,
    ...httpClient(url),
    ...eventsOf(definition.name, { bus, log, outbox: createOutbox(database), environment }),
    stop: async () => {
      for (const component of components.reverse()) await component.stop();
      if (!options.jobsMayFail) jobs.none();
    },
  };
}

function eventsOf(
  service: string,
  the: { bus: MemoryBus; log: MemoryLog; outbox: Outbox; environment: Environment },
): Pick<TestService, 'log' | 'publish' | 'publishRecords' | 'published' | 'settled'> {
  const { bus, log, outbox, environment } = the;
  const unread = async () => {
    const lags = await Promise.all([...log.groups.keys()].map((group) => bus.lag(group)));
    return lags.reduce((sum, { total }) => sum + total, 0);
  };
  const publishRecords = (...records: readonly WireRecord[]) => bus.publish(records);
  return {
    log,
    publishRecords,
    publish: async (...events) => {
      const records = events.map((event) =>
        encodeEvent(event, 'test', {
          messageId: environment.newId(),
          occurredAt: environment.now(),
          correlationId: environment.newId(),
        }),
      );
      await publishRecords(...records);
      return records;
    },
    published: (orderId) =>
      log.partitions
        .flat()
        .filter(({ headers, key }) => headers.ce_source === service && isOf(orderId, key))
        .map(({ value }) => JSON.parse(value) as PhoneEvent),
    settled: () =>
      eventually(async () => {
        // What is consumed may publish, and what is published is consumed: only quiet on both sides of a look is quiet.
        const quiet =
          (await unread()) === 0 && (await outbox.backlog()).depth === 0 && (await unread()) === 0;
        if (!quiet) throw new Error('events are under way');
      }),
  };
}

const isOf = (orderId: number | undefined, key: string | null) =>
  orderId === undefined || key === String(orderId);
