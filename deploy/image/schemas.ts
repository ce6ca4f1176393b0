import type { ServiceDefinition } from '@phone82/host';
import { serviceNames } from '@phone82/service-list';

/** The services with records of their own: what makes them of the log's history, and ends. */
export const imports: Readonly<Record<string, () => Promise<unknown>>> = {
  app: () => import('../../services/app/src/import.ts'),
  pay: () => import('../../services/pay/src/import.ts'),
  store: () => import('../../services/store/src/import.ts'),
  marketing: () => import('../../services/marketing/src/import.ts'),
};

type Migratable = Pick<ServiceDefinition<never, never>, 'name' | 'migrations'>;

/** Loaded when it is asked for: what runs without a database does not pay for it. */
const migrating = (name: string) => async () => {
  const { migrateService } = await import('@phone82/host');
  const built = (await import(`../../services/${name}/src/build.ts`)) as Readonly<Record<string, Migratable>>;
  await migrateService(built[name] as Migratable);
};

/** The services with a database: what brings its schema up to date, and ends. */
export const migrations: Readonly<Record<string, () => Promise<void>>> = Object.fromEntries(
  serviceNames.map((name) => [name, migrating(name)]),
);
