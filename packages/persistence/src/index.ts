export * from './buffered-transaction.ts';
export { isCertainlyUndone, neverObtained } from './certain-failure.ts';
export * from './database.ts';
export * from './dead-letter-reader.ts';
export * from './due-reader.ts';
export * from './idempotency-store.ts';
export {
  DatabaseUnavailableError,
  isConflict,
  isDuplicateKey,
  isFatal,
  isInfrastructureError,
  isLostPrimary,
  isServerError,
} from './infrastructure-error.ts';
export * from './lease.ts';
export * from './migrate.ts';
export { notingEffect } from './noting-effect.ts';
export * from './open-database.ts';
export * from './outbox.ts';
export * from './platform-migrations.ts';
export { createPool, type PostgresOptions } from './postgres.ts';
export * from './purge.ts';
export * from './queries.ts';
export * from './record-mapping.ts';
export * from './record-reader.ts';
export { REST_MS } from './rest.ts';
export * from './retry-conflicts.ts';
export { createOutbox } from './sql-outbox.ts';
export * from './sql-unit-of-work.ts';
export * from './stamp-events.ts';
export * from './transaction-storage.ts';
export * from './unit-of-work.ts';
export * from './waiting-reader.ts';
