export type { Answer, RemoteRequest } from './answer.ts';
export { type Backoff, backoffMs } from './backoff.ts';
export type { CircuitOptions, CircuitStateName } from './circuit.ts';
export { createRemote, REMOTE_DEFAULTS, type Remote, type RemoteLog, type RemoteOptions } from './remote.ts';
export { retryAfterSeconds } from './retry-after.ts';
export { requestHeaders, type Sending } from './sending.ts';
export type { Transport } from './transport.ts';
