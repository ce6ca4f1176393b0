import type { Static, TObject, TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** Every key of the environment that is missing or bad, in one error. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the configuration is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Reads a configuration from environment variables, whose names are the schema's property names.
 * Numbers and booleans are read from their text; a default in the schema stands in for a missing key. The value of a
 * `writeOnly` property, a secret, is never shown.
 * @throws ConfigError naming every missing or bad key.
 */
export function loadConfig<Schema extends TObject>(
  schema: Schema,
  env: Record<string, string | undefined> = process.env,
): Static<Schema> {
  const faults: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [key, property] of Object.entries(schema.properties) as [string, TSchema][]) {
    const text = env[key];
    const value =
      text === undefined || text === '' ? Value.Default(property, undefined) : parse(property, text);
    if (value === undefined && !schema.required?.includes(key)) continue;
    if (value === undefined) faults.push(`${key} is missing (${describe(property)})`);
    else if (!Value.Check(property, value))
      faults.push(`${key}${shown(property, text)} is not usable (${describe(property)})`);
    else config[key] = value;
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return config as Static<Schema>;
}

function parse(schema: TSchema, text: string): unknown {
  const { type } = schema as { type?: string };
  if (type === 'integer' || type === 'number') return text.trim() === '' ? undefined : Number(text);
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return text;
}

function shown(schema: TSchema, text: string | undefined): string {
  return (schema as { writeOnly?: boolean }).writeOnly ? '' : `=${JSON.stringify(text)}`;
}

function describe(schema: TSchema): string {
  const { description, type = 'text' } = schema as { description?: string; type?: string };
  return description ? `${type}: ${description}` : type;
}
