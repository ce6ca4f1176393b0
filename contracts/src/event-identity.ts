import { createHash } from 'node:crypto';
import { events } from './events/index.ts';
import { headerOf, type LogPosition, type WireRecord } from './wire-record.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Visible, and no segment of a path that a client would resolve. */
const PLAIN = /^(?!\.{1,2}$)[\x21-\x7e]+$/;
const LONGEST = 128;
const ourServices: ReadonlySet<string> = new Set(Object.values(events).map(({ from }) => from));

/**
 * What identifies a message: `ce_source` and `ce_id` together, visible ASCII of at most 128 characters. The UUIDs of our own
 * services stand alone, as they always did. A record without a usable `ce_id` is identified by its place in the log.
 */
export function identityOf({ headers }: Pick<WireRecord, 'headers'>, position: LogPosition): string {
  const id = headerOf(headers, 'ce_id');
  const source = headerOf(headers, 'ce_source');
  // Bytes that are no UTF-8 were replaced when they were read: two such ids could look the same.
  if (!id || id.includes('\ufffd')) return placeOf(position);
  if (UUID.test(id) && (!source || ourServices.has(source))) return id;
  if (!source && !id.includes(':')) return bounded(id, id);
  return bounded(`${encodeURIComponent(source.toWellFormed())}:${id}`, JSON.stringify([source, id]));
}

const placeOf = ({ topic, partition, offset }: LogPosition) => {
  const place = `${topic}-${partition}-${offset}`;
  return bounded(place, place);
};

/** An id that does not fit is replaced by its hash. No other id has a colon in front. */
function bounded(id: string, exact: string): string {
  if (id.length <= LONGEST && PLAIN.test(id)) return id;
  return `sha256-${createHash('sha256').update(exact).digest('hex')}`;
}
