import { hash, randomBytes } from 'node:crypto';

const ID_BYTES = 32;
const ID = /^[\w-]{43}$/;

/** What a browser holds: 256 random bits. */
export const newSessionId = (): string => randomBytes(ID_BYTES).toString('base64url');

/** Whether a cookie can be a session's at all; anything else costs no query. */
export const isSessionId = (text: string): boolean => ID.test(text);

/** What the database holds: whoever reads it cannot make a cookie of it. */
export const hashOf = (text: string): string => hash('sha256', text, 'base64url');
