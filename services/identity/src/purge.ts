import type { Environment, JobOptions } from '@phone82/runtime';
import type { IdentityDatabase } from './tables.ts';

const EVERY_MS = 10 * 60_000;

/** Deletes expired records of the provider, tickets and counted attempts. */
export const purgeJob = (database: IdentityDatabase, { now }: Pick<Environment, 'now'>): JobOptions => ({
  name: 'purge',
  everyMs: EVERY_MS,
  run: async () => {
    await database.deleteFrom('oidc_records').where('expires_at', '<', now()).execute();
    await database.deleteFrom('tickets').where('expires_at', '<', now()).execute();
    await database.deleteFrom('sign_in_attempts').where('window_ends_at', '<', now()).execute();
    return 'done';
  },
});
