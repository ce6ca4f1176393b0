const SEOUL_AHEAD_MS = 9 * 3_600_000;

/** `2026-01-01T09:00:00+09:00`, as the API writes times. */
export const toSeoulTime = (ms: number): string =>
  `${new Date(ms + SEOUL_AHEAD_MS).toISOString().slice(0, 19)}+09:00`;

/** Reads `2026-01-01T09:00:00` as the time in Seoul, or a time with an offset of its own; undefined if it is neither. */
export function fromSeoulTime(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?$/.test(text)) return undefined;
  const hasOffset = /(Z|[+-]\d{2}:\d{2})$/.test(text) && text.includes('T');
  const ms = Date.parse(hasOffset ? text : `${text.includes('T') ? text : `${text}T00:00:00`}+09:00`);
  return Number.isNaN(ms) ? undefined : ms;
}
