import { addressKey, routed, services } from '@phone82/service-list';
import type { GatewayConfig } from './config.ts';

export interface Upstream {
  readonly name: string;
  readonly url: string;
  /** The first part of the addresses that are its. */
  readonly paths: readonly string[];
}

/** Everything that the gateway passes on, and to whom. */
export const upstreams = (config: GatewayConfig): readonly Upstream[] =>
  routed.map((name) => ({ name, url: config[addressKey(name)], paths: services[name].paths }));
