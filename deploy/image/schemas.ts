import type { ServiceDefinition } from '@phone82/host';

/** The services with records of their own: what makes them of the log's history, and ends. */
export const imports: Readonly<Record<string, () => Promise<unknown>>> = {
  app: () => import('../../services/app/src/import.ts'),
  pay: () => import('../../services/pay/src/import.ts'),
  store: () => import('../../services/store/src/import.ts'),
  marketing: () => import('../../services/marketing/src/import.ts'),
};

type Migratable = Pick<ServiceDefinition<never, never>, 'name' | 'migrations'>;

/** Loaded when it is asked for: what runs without a database does not pay for it. */
const migrating = (load: () => Promise<Migratable>) => async () => {
  const { migrateService } = await import('@phone82/host');
  await migrateService(await load());
};

/** The services with a database: what brings its schema up to date, and ends. */
export const migrations: Readonly<Record<string, () => Promise<void>>> = {
  app: migrating(async () => (await import('../../services/app/src/build.ts')).app),
  pay: migrating(async () => (await import('../../services/pay/src/build.ts')).pay),
  store: migrating(async () => (await import('../../services/store/src/build.ts')).store),
  marketing: migrating(async () => (await import('../../services/marketing/src/build.ts')).marketing),
  customer: migrating(async () => (await import('../../services/customer/src/build.ts')).customer),
};
