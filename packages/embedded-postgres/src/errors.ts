export type EmbeddedPostgresFault =
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
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
  readonly fault: EmbeddedPostgresFault;

  constructor(fault: EmbeddedPostgresFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
