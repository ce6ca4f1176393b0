/** What a string must match so that every database and every JSON parser takes it: no NUL, no half of a surrogate pair. */
export const STORABLE_PATTERN = '^[^\\u0000\\ud800-\\udfff]*$';

/** A text cut to so many characters, without NUL, and with `�` for half a surrogate pair: every database takes it. */
export function storable(text: string, most: number): string {
  return text.slice(0, most).toWellFormed().replaceAll('\0', '');
}
