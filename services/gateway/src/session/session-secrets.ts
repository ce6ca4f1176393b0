import { readFileSync } from 'node:fs';
import { ConfigError } from '@phone82/runtime';
import type { GatewayConfig } from '../config.ts';

export interface SessionSecrets {
  readonly databaseUrl: string;
  readonly clientSecret: string;
  /** The first one encrypts; all decrypt. */
  readonly keys: readonly Buffer[];
}

const KEY_BYTES = 32;

/** Reads what sessions cannot do without. @throws ConfigError that names every setting that is missing or bad. */
export function readSessionSecrets(config: GatewayConfig): SessionSecrets {
  const faults: string[] = [];
  const clientSecret = textOf(config, 'OIDC_CLIENT_SECRET', faults);
  const keys = keysIn(textOf(config, 'SESSION_KEY', faults));
  if (!config.DATABASE_URL)
    faults.push('DATABASE_URL is missing (text: the PostgreSQL database of the sessions)');
  if (keys.some((key) => key.length !== KEY_BYTES))
    faults.push('SESSION_KEY is not usable (text: keys of 32 bytes in base64)');
  if (faults.length > 0) throw new ConfigError(faults);
  return { databaseUrl: config.DATABASE_URL as string, clientSecret, keys };
}

function textOf(
  config: GatewayConfig,
  setting: 'OIDC_CLIENT_SECRET' | 'SESSION_KEY',
  faults: string[],
): string {
  const file = config[`${setting}_FILE`];
  const text = (file ? contentOf(file, setting, faults) : config[setting])?.trim();
  if (text === '' || text === undefined)
    faults.push(`${setting} is missing (text: needed where OIDC_ISSUER is set; or ${setting}_FILE)`);
  return text ?? '';
}

function contentOf(file: string, setting: string, faults: string[]): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    faults.push(`${setting}_FILE cannot be read: ${(error as Error).message}`);
    return undefined;
  }
}

const keysIn = (text: string): readonly Buffer[] =>
  text
    .split(/[\s,]+/)
    .filter((key) => key !== '')
    .map((key) => Buffer.from(key, 'base64'));
