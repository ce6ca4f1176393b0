import type { EventType, WireRecord } from '@phone82/contracts';

/** What has to become of a record in a service that listens to its type. */
export type Fate = 'handled' | 'dead' | 'skipped';

/** A record as any sender can put it on a log, and what is to be expected of it. */
export interface ForeignRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer>>;
  readonly fate: Fate;
  /** The type that it says it has; undefined: it concerns all services. */
  readonly eventType: EventType | undefined;
  /** Records with the same one are the same message. Undefined: it is known by its place in the log. */
  readonly identity: string | undefined;
}

/** The record on a log that carries text; undefined for a tombstone, which such a log has none of. */
export function textRecord({ key, value, headers }: ForeignRecord): WireRecord | undefined {
  if (value === null) return undefined;
  const texts = Object.entries(headers).map(([name, bytes]) => [name, bytes.toString()]);
  return { key: key?.toString() ?? null, value: value.toString(), headers: Object.fromEntries(texts) };
}
