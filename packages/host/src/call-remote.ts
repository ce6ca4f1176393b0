import { createRemote, type Remote, type RemoteOptions } from '@phone82/resilience';
import type { ServiceBase } from './service-definition.ts';

interface RemoteSettings {
  readonly url: string;
  readonly timeoutMs: number;
  readonly maxConcurrent: number;
  readonly maxQueued: number;
  readonly maxWaitMs: number;
}

/** The settings that {@link remoteConfig} put into a configuration. */
function remoteSettings(config: Readonly<Record<string, unknown>>, name: string): RemoteSettings {
  return {
    url: config[`${name}_URL`] as string,
    timeoutMs: config[`${name}_TIMEOUT_MS`] as number,
    maxConcurrent: config[`${name}_MAX_CONCURRENT`] as number,
    maxQueued: config[`${name}_MAX_QUEUED`] as number,
    maxWaitMs: config[`${name}_MAX_WAIT_MS`] as number,
  };
}

/** Another service as this one calls it: with a time-out, a breaker and a bulkhead of its own; over HTTP, or the transport given. */
export function callRemote(
  name: string,
  {
    config,
    log,
    metrics,
    tracer,
  }: Pick<ServiceBase<Readonly<Record<string, unknown>>>, 'config' | 'log' | 'metrics' | 'tracer'>,
  { transport, operationTimeoutsMs }: Pick<RemoteOptions, 'transport' | 'operationTimeoutsMs'> = {},
): Remote {
  const { url, ...limits } = remoteSettings(config, name.toUpperCase());
  const options = { name, baseUrl: url, ...limits, operationTimeoutsMs, log, metrics, tracer, transport };
  return createRemote(options);
}
