import type { GatewayConfig } from './config.ts';

export interface Upstream {
  readonly name: string;
  readonly url: string;
  /** The first part of the addresses that are its. */
  readonly paths: readonly string[];
}

/** Everything that the gateway passes on, and to whom. */
export const upstreams = (config: GatewayConfig): readonly Upstream[] => [
  { name: 'app', url: config.APP_URL, paths: ['/orders', '/items'] },
  { name: 'pay', url: config.PAY_URL, paths: ['/payments'] },
  { name: 'customer', url: config.CUSTOMER_URL, paths: ['/customers'] },
  { name: 'store', url: config.STORE_URL, paths: ['/storeManages'] },
  { name: 'marketing', url: config.MARKETING_URL, paths: ['/marketings'] },
];
