export type { SideDoor } from './broker-settings.ts';
export { EmbeddedKafkaError, type EmbeddedKafkaFault } from './errors.ts';
export { type EmbeddedKafka, type EmbeddedKafkaOptions, startEmbeddedKafka } from './start.ts';
