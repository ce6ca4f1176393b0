import type { TSchema } from 'typebox';

type Reader = (value: unknown) => unknown;
interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly anyOf?: readonly TSchema[];
}

/**
 * Turns strings that spell a number into that number where the schema asks for one, and nothing else:
 * httpie's `qty=1` and every query string send "1". Objects are changed in place.
 * Returns undefined for a schema without numbers, so that it costs nothing.
 */
export function numberReader(schema: TSchema): Reader | undefined {
  const { type, properties, items, anyOf } = schema as JsonSchema;
  if (type === 'integer') return readInteger;
  if (type === 'number') return readNumber;
  if (properties) return objectReader(properties);
  if (items) return arrayReader(items);
  return anyOf ? alternativeReader(anyOf) : undefined;
}

function readInteger(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?(0|[1-9]\d*)$/.test(value)) return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function readNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value) ? Number(value) : value;
}

function objectReader(properties: Readonly<Record<string, TSchema>>): Reader | undefined {
  const readers = Object.entries(properties).flatMap(([name, schema]) => {
    const read = numberReader(schema);
    return read ? [{ name, read }] : [];
  });
  if (readers.length === 0) return undefined;
  return (value) => {
    if (value === null || typeof value !== 'object') return value;
    const object = value as Record<string, unknown>;
    for (const { name, read } of readers) if (Object.hasOwn(object, name)) object[name] = read(object[name]);
    return object;
  };
}

function arrayReader(items: TSchema): Reader | undefined {
  const read = numberReader(items);
  return read && ((value) => (Array.isArray(value) ? value.map(read) : value));
}

/** Where a string is welcome as well, a string stays one. */
function alternativeReader(alternatives: readonly TSchema[]): Reader | undefined {
  if (alternatives.some((schema) => (schema as JsonSchema).type === 'string')) return undefined;
  const readers = alternatives.map(numberReader).filter((read) => read !== undefined);
  if (readers.length === 0) return undefined;
  return (value) => readers.reduce((read, reader) => reader(read), value);
}
