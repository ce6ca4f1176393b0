/** What can be in the way of a database server. */
export type DatabaseServerFault =
  | 'binariesMissing'
  | 'otherVersion'
  | 'diskFull'
  | 'notWritable'
  | 'portTaken'
  | 'inUse'
  | 'rootRefused'
  | 'initFailed'
  | 'startFailed';

/** Why a server of one's own can't run; the message is a sentence that says what to do. */
export class LocalServerError<Fault extends string = DatabaseServerFault> extends Error {
  override readonly name = 'LocalServerError';
  readonly fault: Fault;

  constructor(fault: Fault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
