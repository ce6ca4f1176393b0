import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { KafkaSecurity } from '@phone82/messaging';
import { ConfigError } from '@phone82/runtime';
import type { KafkaConfig } from './kafka-config.ts';

type FileKey = 'KAFKA_CA_FILE' | 'KAFKA_CERT_FILE' | 'KAFKA_KEY_FILE';

/**
 * What the configuration says of how Kafka is come by; the files are read here, once.
 * @throws ConfigError that names the key whose file can't be read or holds something else.
 */
export async function kafkaSecurity(config: KafkaConfig): Promise<KafkaSecurity> {
  const { KAFKA_TLS, KAFKA_SASL_MECHANISM: mechanism } = config;
  const { KAFKA_SASL_USERNAME: username = '', KAFKA_SASL_PASSWORD: password = '' } = config;
  return {
    tls: KAFKA_TLS ? await readTls(config) : undefined,
    sasl: mechanism && { mechanism, username, password },
  };
}

async function readTls(config: KafkaConfig): Promise<NonNullable<KafkaSecurity['tls']>> {
  const ca = await pem(config, 'KAFKA_CA_FILE', /-----BEGIN (TRUSTED )?CERTIFICATE-----/);
  const cert = await pem(config, 'KAFKA_CERT_FILE', /-----BEGIN CERTIFICATE-----/);
  const key = await pem(config, 'KAFKA_KEY_FILE', /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----/);
  usable('KAFKA_CA_FILE', { ca });
  usable('KAFKA_CERT_FILE with KAFKA_KEY_FILE', { cert, key });
  return { ca, cert, key };
}

async function pem(config: KafkaConfig, key: FileKey, expected: RegExp): Promise<string | undefined> {
  const file = config[key];
  if (file === undefined) return undefined;
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw new ConfigError([`${key} can't be read (${error.message})`]);
  });
  if (!expected.test(text))
    throw new ConfigError([`${key}=${JSON.stringify(file)} is no PEM file of that kind`]);
  return text;
}

function usable(keys: string, context: Parameters<typeof createSecureContext>[0]): void {
  try {
    createSecureContext(context);
  } catch (error) {
    throw new ConfigError([`${keys} is not usable (${(error as Error).message})`]);
  }
}
