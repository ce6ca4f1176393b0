export { requireBrokerPrograms } from './broker-programs.ts';
export type { SideDoor } from './broker-settings.ts';
export type { SecureDoors } from './secure-doors.ts';
export { type EmbeddedKafka, type EmbeddedKafkaOptions, startEmbeddedKafka } from './start.ts';
