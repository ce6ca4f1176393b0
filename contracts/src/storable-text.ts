/** What a string must match so that every database and every JSON parser takes it: no NUL, no half of a surrogate pair. */
export const STORABLE_PATTERN = '^[^\\u0000\\ud800-\\udfff]*$';

/** A text cut to so many characters, with `�` for what no database takes: left out, `1\0` would become the key of another order. */
export function storable(text: string, most: number): string {
  return text.slice(0, most).toWellFormed().replaceAll('\0', '\ufffd');
}
