import { createServiceSigner, readServiceKey, type ServiceKeyConfig } from '@phone82/access';
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

export interface RemoteCall extends Pick<RemoteOptions, 'transport' | 'operationTimeoutsMs'> {
  /** The service that calls, and signs its calls with the key of its settings. Default: calls are not signed. */
  readonly as?: string;
}

/** Undefined where the settings name no key: on one machine, in local demo mode. */
function signedBy(caller: string, called: string, { SERVICE_KEY_FILE: file }: Partial<ServiceKeyConfig>) {
  if (!file) return undefined;
  const signer = createServiceSigner(caller, readServiceKey(file), Date.now);
  return async (onBehalfOf: string | undefined) =>
    `Bearer ${await signer.sign(called, onBehalfOf ?? caller)}`;
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
  { transport, operationTimeoutsMs, as }: RemoteCall = {},
): Remote {
  const { url, ...limits } = remoteSettings(config, name.toUpperCase());
  const authorize = as === undefined ? undefined : signedBy(as, name, config as Partial<ServiceKeyConfig>);
  return createRemote({
    ...limits,
    name,
    baseUrl: url,
    operationTimeoutsMs,
    log,
    metrics,
    tracer,
    transport,
    authorize,
  });
}
