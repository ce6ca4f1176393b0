const BASE = 'http://gateway.invalid';
const MAX_LENGTH = 1_024;

/** Where to go after sign-in: a path of our own. Anything that a browser could take for another address becomes `/`. */
export function safeReturnTo(asked: unknown): string {
  if (typeof asked !== 'string' || asked.length > MAX_LENGTH || !PATH.test(asked)) return '/';
  if (!URL.canParse(asked, BASE)) return '/';
  const { origin, pathname, search, hash } = new URL(asked, BASE);
  // Dots are resolved by now: /x/..//evil.example would begin with two slashes.
  return origin === BASE && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

/** One slash, then neither a slash nor a backslash; no space or control character, which browsers leave out. */
const PATH = /^\/(?![/\\])[^\s\\\p{C}]*$/u;
