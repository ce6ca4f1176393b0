import { openDatabase } from '@phone82/persistence';
import { realEnvironment } from '@phone82/runtime';
import { createMetrics } from '@phone82/telemetry';
import { httpClient, silentLog, startTestPostgres } from '@phone82/testkit';
import { allowInsecureRequests, discovery } from 'openid-client';
import { buildIssuer, type IssuerOptions } from '../src/build.ts';
import { listen } from '../src/http/listen.ts';
import type { IdentityDatabase } from '../src/tables.ts';

export const GATEWAY = 'http://localhost:8080';
export const CALLBACK = `${GATEWAY}/session/callback`;
const CLIENT_SECRET = 'secret-of-the-client';
const ADMIN_SECRET = 'secret-of-the-commands';

export type IssuerUnderTest = Awaited<ReturnType<typeof startIssuer>>;

/** A whole issuer on a free port, with a database of its own. */
export async function startIssuer(options: { gatewayUrl?: string } = {}) {
  const postgres = await startTestPostgres();
  const database = openDatabase(await postgres.freshDatabase());
  let skippedMs = 0;
  let port = 0;
  const metrics = createMetrics('identity');
  const server = await buildIssuer({
    database,
    gatewayUrl: options.gatewayUrl ?? GATEWAY,
    clientSecret: CLIENT_SECRET,
    adminSecret: ADMIN_SECRET,
    environment: { ...realEnvironment, now: () => Date.now() + skippedMs },
    telemetry: { log: silentLog as IssuerOptions['telemetry']['log'], metrics },
    issuer: () => `http://localhost:${port}`,
  });
  const http = await listen(server, '127.0.0.1', 0);
  port = http.port;
  const url = `http://localhost:${port}`;
  const client = httpClient(url);
  const admin = (path: string, body: object) =>
    client.post(path, body, { authorization: `Bearer ${ADMIN_SECRET}` });
  return {
    url,
    client,
    kysely: database.kysely as IdentityDatabase,
    /** Lets time pass for tickets, attempts and keys; the provider's own clock stands. */
    skip: (ms: number) => {
      skippedMs += ms;
    },
    admin,
    ticketFor: async (person: string): Promise<string> => {
      const [link] = (await admin('/local/tickets', { person })).body.links;
      return new URL(link.url).searchParams.get('ticket') ?? '';
    },
    tokenFor: async (person: string): Promise<string> =>
      (await admin('/local/tokens', { person })).body.accessToken,
    discover: () =>
      discovery(new URL(url), 'phone82-gateway', CLIENT_SECRET, undefined, {
        execute: [allowInsecureRequests],
      }),
    stop: async () => {
      await http.stop();
      await database.close();
      await postgres.stop();
    },
  };
}
