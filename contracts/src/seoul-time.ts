const SEOUL_OFFSET_MS = 9 * 60 * 60 * 1000; // Korea keeps no daylight saving time.

/** Milliseconds since 1970 as `yyyyMMddHHmmss` in Asia/Seoul, the events' timestamp. */
export function toSeoulTimestamp(epochMs: number): string {
  return new Date(epochMs + SEOUL_OFFSET_MS).toISOString().replace(/\D/g, '').slice(0, 14);
}

/** The inverse of {@link toSeoulTimestamp}; NaN if the text is no such timestamp. */
export function fromSeoulTimestamp(text: string): number {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+09:00`);
}
