import { headerOf, type LogPosition, type WireRecord } from './wire-record.ts';

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
/** A sender's clock may be ahead of the log's by so much. */
const MOST_AHEAD_MS = 24 * 60 * 60 * 1_000;

/**
 * When an event happened, milliseconds since 1970: `ce_time`, else the log's own time for the record, else the body's
 * `timestamp`, which without `ce_time` is a Java service's and so in UTC; 0 if nothing says. A time before 2000, or more than a
 * day after the log's, is not believed.
 */
export function occurredAtOf(
  { headers }: Pick<WireRecord, 'headers'>,
  { timestamp }: Pick<LogPosition, 'timestamp'>,
  body: string | null | undefined,
): number {
  const logged = believable(timestamp, LATEST);
  const latest = logged === undefined ? LATEST : logged + MOST_AHEAD_MS;
  const stamped = Date.parse(headerOf(headers, 'ce_time'));
  return believable(stamped, latest) ?? logged ?? believable(fromJavaTimestamp(body ?? ''), LATEST) ?? 0;
}

const believable = (time: number | undefined, latest: number): number | undefined =>
  time !== undefined && time >= EARLIEST && time <= latest ? time : undefined;

function fromJavaTimestamp(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
