/** Who signed in, as the issuer says. */
export interface Person {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly agency: string | null;
}

/** Tokens of the issuer. Times are milliseconds since 1970. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  /** From then on a new one is asked for. */
  readonly refreshAt: number;
  readonly refreshToken: string | undefined;
  readonly person: Person;
  /** The session at the issuer that a logout token names. */
  readonly sid: string | undefined;
}

/** A browser's session. */
export interface Session extends Tokens {
  readonly idHash: string;
  readonly lastUsedAt: number;
  readonly expiresAt: number;
  /** Grows with every refresh. */
  readonly version: number;
  /** Until then somebody refreshes it, or waits before the next try. */
  readonly refreshingUntil: number;
}

export type EndReason =
  | 'signOut'
  | 'signOutEverywhere'
  | 'backChannel'
  | 'idle'
  | 'expired'
  | 'revoked'
  | 'replaced'
  | 'tooMany';
