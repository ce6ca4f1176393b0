import { createHash, randomBytes } from 'node:crypto';
import type { Environment } from '@phone82/runtime';
import type { IdentityDatabase } from '../tables.ts';

const TICKET_LIFE_MS = 10 * 60_000;

/** One-time secrets that sign a person in without a password. */
export interface Tickets {
  /** A new secret for the person. Only its SHA-256 is stored. */
  issue(subject: string): Promise<string>;
  /** The person's subject, once; undefined for a used, an expired and an unknown secret. */
  redeem(secret: string): Promise<string | undefined>;
}

export const openTickets = (database: IdentityDatabase, { now }: Pick<Environment, 'now'>): Tickets => ({
  issue: async (subject) => {
    const secret = randomBytes(32).toString('base64url');
    await database
      .insertInto('tickets')
      .values({ secret_hash: hashOf(secret), subject, expires_at: now() + TICKET_LIFE_MS, used_at: null })
      .execute();
    return secret;
  },
  redeem: async (secret) => {
    // One statement, so that of two requests at once only one gets the person.
    const used = await database
      .updateTable('tickets')
      .set({ used_at: now() })
      .where('secret_hash', '=', hashOf(secret))
      .where('used_at', 'is', null)
      .where('expires_at', '>', now())
      .returning('subject')
      .executeTakeFirst();
    return used?.subject;
  },
});

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex');
