export * from './consumer.ts';
export * from './dead-letters.ts';
export * from './event-bus.ts';
export { createMemoryBus, type MemoryBus } from './memory-bus.ts';
export { createMemoryLog, type MemoryLog } from './memory-log.ts';
export * from './outbox-relay.ts';
export { createPostgresBus, type PostgresBusOptions } from './postgres-bus.ts';
export * from './start-consumer.ts';
