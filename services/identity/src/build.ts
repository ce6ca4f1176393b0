import type { Server } from 'node:http';
import { type Database, migrate } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { Telemetry } from '@phone82/telemetry';
import { migrations } from '../migrations/index.ts';
import { openAccounts } from './accounts/accounts.ts';
import { demoPeople } from './accounts/demo-people.ts';
import { openAttempts } from './attempts/attempts.ts';
import { localRoutes } from './http/local-routes.ts';
import { createIssuerServer } from './http/server.ts';
import { openIssuerKeys } from './keys/issuer-keys.ts';
import type { OpenProvider } from './open-provider.ts';
import type { IdentityDatabase } from './tables.ts';
import { openTickets } from './tickets/tickets.ts';

export interface IssuerOptions {
  readonly database: Database;
  readonly gatewayUrl: string;
  readonly clientSecret: string;
  readonly adminSecret: string;
  readonly environment: Environment;
  readonly telemetry: Pick<Telemetry, 'log' | 'metrics'>;
  /** Known once the server listens. */
  issuer(): string;
}

/** The issuer, ready to listen. The provider is loaded with the first request that needs it. */
export async function buildIssuer(options: IssuerOptions): Promise<Server> {
  const { telemetry, environment, database } = options;
  await migrate(database, migrations);
  const kysely = database.kysely as IdentityDatabase;
  const accounts = openAccounts(kysely);
  await accounts.addMissing(demoPeople);
  const keys = openIssuerKeys(kysely, environment);
  const tickets = openTickets(kysely, environment);
  const attempts = openAttempts(kysely, environment);
  const onAttempt = countAttempts(telemetry);
  const provider = reopened(environment, async () => {
    const { openProvider } = await import('./open-provider.ts');
    const { log } = telemetry;
    const issuer = options.issuer();
    return openProvider({
      ...options,
      issuer,
      log,
      database: kysely,
      accounts,
      keys,
      tickets,
      attempts,
      onAttempt,
    });
  });
  return createIssuerServer({
    ...telemetry,
    isReady: () => database.ping(),
    provider: async (...visit) => (await provider.open()).handle(...visit),
    local: localRoutes({
      ...options,
      accounts,
      tickets,
      issueToken: async (account) => (await provider.open()).issueToken(account),
      rotateKeys: async () => {
        await keys.rotate();
        provider.forget();
      },
    }),
  });
}

/** The provider, opened when it is first needed, and again once another key signs. */
function reopened({ now }: Pick<Environment, 'now'>, load: () => Promise<OpenProvider>) {
  let opened: Promise<OpenProvider> | undefined;
  const forget = () => {
    opened = undefined;
  };
  const openOnce = () => {
    opened ??= load().catch((error) => {
      forget();
      throw error;
    });
    return opened;
  };
  return {
    forget,
    open: async () => {
      const { changesAt } = await openOnce();
      if (changesAt !== undefined && now() >= changesAt) forget();
      return openOnce();
    },
  };
}

function countAttempts({ metrics }: Pick<Telemetry, 'metrics'>) {
  const attempts = metrics.counter('sign_in_attempts_total', 'Sign-in attempts at the embedded issuer', [
    'method',
    'outcome',
  ]);
  return (method: string, outcome: string) => attempts.inc({ method, outcome });
}
