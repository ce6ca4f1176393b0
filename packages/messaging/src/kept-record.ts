import type { LoggedRecord } from './event-bus.ts';

/** Longer records are kept without what is in them: a batch of letters has to fit into one statement. */
const LONGEST = 64 * 1_024;
const SHOWN = 1_024;

/** A record as its dead letter keeps it, for a person to look at and for another try. At most 64 Ki characters. */
export function keepRecord(record: LoggedRecord): string {
  const whole = JSON.stringify(record);
  if (whole.length <= LONGEST) return whole;
  const { topic, partition, offset, key, value } = record;
  const shown = { key: key?.slice(0, SHOWN), value: value.slice(0, SHOWN) };
  return JSON.stringify({ topic, partition, offset, ...shown, headers: {}, charactersInAll: whole.length });
}

/** The record of a dead letter. @throws Error where it was too long to be kept: it can only be discarded. */
export function keptRecord(text: string): LoggedRecord {
  const record = JSON.parse(text) as LoggedRecord & { readonly charactersInAll?: number };
  if (record.charactersInAll === undefined) return record;
  throw new Error(
    `the record is too long to be kept (${record.charactersInAll} characters); read it at offset ${record.offset} of partition ${record.partition}`,
  );
}
