/** A record as a bus carries it: the JSON text, the order id as key, headers beside it. */
export interface WireRecord {
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A record as any sender may have written it. A null value is a tombstone. */
export interface ReceivedRecord extends Omit<WireRecord, 'value'> {
  readonly value: string | null;
}

/** Where a record stood in the log: the identity of a record whose sender gave it none. */
export interface LogPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** When the log took the record, or its sender says it was made; milliseconds since 1970. Undefined where the log does not know. */
  readonly timestamp?: number | undefined;
}

/** A header's text; empty where there is none. */
export function headerOf(headers: WireRecord['headers'], name: string): string {
  const text: unknown = headers[name];
  return typeof text === 'string' ? text : '';
}
