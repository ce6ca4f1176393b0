export type EmbeddedKafkaFault =
  | 'javaMissing'
  | 'mavenMissing'
  | 'downloadFailed'
  | 'formatFailed'
  | 'startFailed'
  | 'portTaken';

/** Why the broker can't run; the message is a sentence that says what to do. */
export class EmbeddedKafkaError extends Error {
  override readonly name = 'EmbeddedKafkaError';
  readonly fault: EmbeddedKafkaFault;

  constructor(fault: EmbeddedKafkaFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
