export type EmbeddedMariadbFault =
  | 'binariesMissing'
  | 'otherVersion'
  | 'diskFull'
  | 'notWritable'
  | 'portTaken'
  | 'inUse'
  | 'rootRefused'
  | 'initFailed'
  | 'startFailed';

/** Why the database server can't run; the message is a sentence that says what to do. */
export class EmbeddedMariadbError extends Error {
  override readonly name = 'EmbeddedMariadbError';
  readonly fault: EmbeddedMariadbFault;

  constructor(fault: EmbeddedMariadbFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
