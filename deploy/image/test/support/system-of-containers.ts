import { freePort } from '@phone82/local-server';
import { inPostgres, serviceNames } from '@phone82/service-list';
import { eventually, type HttpClient, httpClient, startTestPostgres } from '@phone82/testkit';
import { type RunningRole, runRole, startRole } from '../../../tools/docker.ts';

const ROLES = ['psp-simulator', ...serviceNames.toReversed()] as const;
type Role = (typeof ROLES)[number];

export interface SystemOfContainers {
  readonly gateway: HttpClient;
  readonly roles: ReadonlyMap<Role, RunningRole>;
  /** What the schema steps said that ran before the services did. */
  readonly migrations: readonly string[];
  remove(): Promise<void>;
}

/** All roles of the image, each in a container, on a PostgreSQL of this machine. */
export async function startSystemOfContainers(image: string): Promise<SystemOfContainers> {
  const postgres = await startTestPostgres();
  const ports = Object.fromEntries(
    await Promise.all(ROLES.map(async (role) => [role, await freePort()])),
  ) as Record<Role, number>;
  const bus = await postgres.freshDatabase();
  const roles = new Map<Role, RunningRole>();
  const migrations: string[] = [];
  const addresses = Object.fromEntries(
    ROLES.map((role) => [
      `${role === 'psp-simulator' ? 'PSP' : role.toUpperCase()}_URL`,
      `http://127.0.0.1:${ports[role]}`,
    ]),
  );
  const remove = async () => {
    await Promise.all([...roles.values()].map((role) => role.remove()));
    await postgres.stop();
  };
  try {
    for (const role of ROLES) {
      const apart = (inPostgres as readonly string[]).includes(role);
      const DATABASE_URL = apart ? await postgres.freshDatabase() : `sqlite:///data/${role}.db`;
      if (apart) migrations.push((await runRole(image, { DATABASE_URL }, 'migrate', role)).stdout);
      const env = {
        ...addresses,
        DATABASE_URL,
        BUS_URL: bus,
        // On the machine's own network: without an issuer a service starts only on loopback.
        HOST: '127.0.0.1',
        PORT: String(ports[role]),
        MIGRATE_AT_START: String(!apart),
      };
      roles.set(role, await startRole(image, env, role));
    }
    await eventually(() => allReady(ports), { timeoutMs: 120_000 });
  } catch (error) {
    const said = await Promise.all(
      [...roles].map(async ([name, role]) => `${name}: ${(await role.logs()).slice(-500)}`),
    );
    await remove();
    throw new Error(said.join('\n'), { cause: error });
  }
  return { gateway: httpClient(`http://127.0.0.1:${ports.gateway}`), roles, migrations, remove };
}

async function allReady(ports: Readonly<Record<Role, number>>): Promise<void> {
  for (const role of ROLES) {
    const { status } = await httpClient(`http://127.0.0.1:${ports[role]}`).get('/readyz');
    if (status !== 200) throw new Error(`${role} is not ready`);
  }
}
