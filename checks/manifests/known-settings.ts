import type { TObject, TSchema } from 'typebox';
import { PspSimulatorConfig } from '../../psp-simulator/src/config.ts';
import { AppConfig } from '../../services/app/src/config.ts';
import { CustomerConfig } from '../../services/customer/src/config.ts';
import { gatewayConfig } from '../../services/gateway/src/config.ts';
import { MarketingConfig } from '../../services/marketing/src/config.ts';
import { PayConfig } from '../../services/pay/src/config.ts';
import { StoreConfig } from '../../services/store/src/config.ts';
import type { KnownSettings } from './environment.ts';

/** Where another service is has a default for one machine only; in containers it has to be said. */
const IS_ADDRESS = /^(APP|PAY|STORE|MARKETING|CUSTOMER|PSP)_URL$/;

/** Where logs go to beside standard output; every process of the image is told. */
const READ_BY_EVERY_PROCESS = ['FLUENTD_SERVER_IP'];

/** By the services' own schemas. With Kafka the log needs no database. */
export const knownSettings: Readonly<Record<string, KnownSettings>> = {
  app: known(AppConfig),
  pay: known(PayConfig),
  store: known(StoreConfig),
  marketing: known(MarketingConfig),
  customer: known(CustomerConfig),
  gateway: known(gatewayConfig),
  'psp-simulator': known(PspSimulatorConfig),
};

function known({ properties, required }: TObject): KnownSettings {
  const all = [...Object.keys(properties), ...READ_BY_EVERY_PROCESS];
  const hasDefault = (key: string) =>
    (properties[key] as TSchema & { readonly default?: unknown }).default !== undefined;
  const withoutDefault = ((required ?? []) as readonly string[]).filter(
    (key) => !hasDefault(key) && key !== 'BUS_URL',
  );
  const log = 'KAFKA_BROKERS' in properties ? ['KAFKA_BROKERS', 'MIGRATE_AT_START'] : [];
  return {
    all,
    required: [...withoutDefault, ...log, 'HOST', 'PORT', ...all.filter((key) => IS_ADDRESS.test(key))],
  };
}
