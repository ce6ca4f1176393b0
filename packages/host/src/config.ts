import { accessConfig, serviceKeyConfig } from '@phone82/access';
import { overloadConfig } from '@phone82/http';
import { REMOTE_DEFAULTS } from '@phone82/resilience';
import { telemetryConfig } from '@phone82/telemetry';
import Type from 'typebox';
import { kafkaConfig } from './kafka-config.ts';

/** Where the log is: a PostgreSQL database, or Kafka. */
const busConfig = {
  BUS_URL: Type.String({
    pattern: '^postgres(ql)?://',
    description: 'The PostgreSQL database that holds the log',
  }),
  ...kafkaConfig,
  BUS_PARTITIONS: Type.Integer({
    default: 8,
    minimum: 1,
    maximum: 1_000,
    description: 'Partitions of a log that is not there yet',
  }),
  BUS_RETENTION_HOURS: Type.Integer({
    default: 0,
    minimum: 0,
    description: 'How long the log is kept; 0: for ever, so that the view can always be rebuilt',
  }),
};

/** The part of a configuration that every service with a database has. */
export function hostConfig(defaults: { readonly port: number }) {
  return {
    PORT: Type.Integer({
      default: defaults.port,
      minimum: 0,
      maximum: 65_535,
      description: 'Where it listens',
    }),
    HOST: Type.String({ default: '127.0.0.1', description: 'The address it listens on' }),
    LOG_LEVEL: Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      default: 'info',
      description: 'trace, debug, info, warn, error or silent',
    }),
    DATABASE_URL: Type.String({
      pattern: '^(postgres(ql)?://|mariadb://|mysql://|sqlite:)',
      description: 'postgres://…, mariadb://… or sqlite:///file',
    }),
    DATABASE_POOL: Type.Integer({
      default: 10,
      minimum: 1,
      maximum: 200,
      description: 'Connections to a database server',
    }),
    MIGRATE_AT_START: Type.Boolean({
      default: true,
      description: 'false: the schema is brought up to date by a process of its own, before',
    }),
    ...busConfig,
    EMPTY_DATABASE: Type.Enum(['refuse', 'accept'], {
      default: 'refuse',
      description:
        'accept: start also where the database is empty though the log holds events that the service published',
    }),
    DRAIN_DELAY_MS: Type.Integer({
      default: 0,
      minimum: 0,
      description: 'How long a stopping service goes on serving while routers learn that it leaves',
    }),
    ...accessConfig,
    ...serviceKeyConfig,
    ...overloadConfig({ targetLatencyMs: 350 }),
    ...telemetryConfig,
  };
}

/** The part of a configuration that a synchronous call to another service needs. */
export function remoteConfig<Name extends string>(name: Name, url: string) {
  return {
    [`${name}_URL`]: Type.String({
      default: url,
      pattern: '^https?://',
      description: `Where ${name.toLowerCase()} is`,
    }),
    [`${name}_TIMEOUT_MS`]: Type.Integer({
      default: REMOTE_DEFAULTS.timeoutMs,
      minimum: 1,
      description: 'How long its answer is waited for',
    }),
    [`${name}_MAX_CONCURRENT`]: Type.Integer({
      default: REMOTE_DEFAULTS.maxConcurrent,
      minimum: 1,
      description: 'Calls under way at once',
    }),
    [`${name}_MAX_WAIT_MS`]: Type.Integer({
      default: REMOTE_DEFAULTS.maxWaitMs,
      minimum: 0,
      description: 'How long a call waits for its turn before it is given up, unsent',
    }),
    [`${name}_MAX_QUEUED`]: Type.Integer({
      default: REMOTE_DEFAULTS.maxQueued,
      minimum: 0,
      description: 'Calls that wait for their turn',
    }),
  } as {
    [Key in `${Name}_URL`]: Type.TString;
  } & {
    [Key in
      | `${Name}_TIMEOUT_MS`
      | `${Name}_MAX_CONCURRENT`
      | `${Name}_MAX_QUEUED`
      | `${Name}_MAX_WAIT_MS`]: Type.TInteger;
  };
}
