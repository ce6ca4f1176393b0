/** What a configuration needs to be complete; nothing of it is reached. */
export const addresses = {
  DATABASE_URL: 'sqlite::memory:',
  BUS_URL: 'postgres://simulated/log',
} as const;
