import type { HttpServer, ReadinessCheck } from '@phone82/http';
import type { ConsumerProgress, DeadLetters, EventBus, Subscriptions } from '@phone82/messaging';
import type { Aggregate, Database, Migration, UnitOfWork, Waiting } from '@phone82/persistence';
import type { Remote } from '@phone82/resilience';
import type { Component, Environment, JobOptions } from '@phone82/runtime';
import type { Logger, Metrics, Tracer } from '@phone82/telemetry';
import type { Static, TObject } from 'typebox';
import type { hostConfig } from './config.ts';
import type { HistoryImport } from './history/history-import.ts';

export type HostConfig = Static<TObject<ReturnType<typeof hostConfig>>>;

/** What a service is built on; production, tests and descriptions bring different ones. */
export interface ServiceBase<Config> {
  readonly config: Config;
  readonly database: Database;
  readonly bus: EventBus;
  readonly environment: Environment;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Absent where nothing is traced. */
  readonly tracer?: Tracer | undefined;
}

/** What is to be run for a service. */
export interface ServiceParts<A extends Aggregate> {
  routes(server: HttpServer): void;
  /** Its events are handled, and published, in transactions of this unit of work. */
  readonly events?: { readonly unitOfWork: UnitOfWork<A>; readonly subscriptions: Subscriptions<A> };
  /** Messages that could not be handled, where `events` does not say whose they are. */
  readonly deadLetters?: DeadLetters;
  readonly jobs: readonly JobOptions[];
  /** Services that it calls: their breakers are shown, their connections closed. */
  readonly remotes?: readonly Remote[];
  readonly checks?: readonly ReadinessCheck[];
  /** Records that something is still to be done about, for the metrics. */
  waiting?(): Promise<readonly Waiting[]>;
  /** The group that reads the log, where `events` does not say so. */
  consumerGroup?(): string | undefined;
  /** Whether that group makes progress, where `events` does not say so. */
  consumerProgress?(): ConsumerProgress | undefined;
  /** Starts what only this service has. */
  startOwn?(): Promise<readonly Component[]>;
}

export interface ServiceDefinition<A extends Aggregate, Schema extends TObject> {
  /** Its name on the wire and in logs. */
  readonly name: string;
  /** One sentence for its API's readers. */
  readonly description: string;
  readonly config: Schema;
  readonly migrations: Readonly<Record<string, Migration>>;
  /** How its records are made from the log, for a service that has records of its own. */
  history?(config: Static<Schema>): HistoryImport<A>;
  /** The one place where the service is put together; what it is given decides where it runs. */
  build(base: ServiceBase<Static<Schema>>): ServiceParts<A>;
}
