export type { SideDoor } from './broker-settings.ts';
export { type EmbeddedKafka, type EmbeddedKafkaOptions, startEmbeddedKafka } from './start.ts';
