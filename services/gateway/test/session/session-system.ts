import type { IncomingHttpHeaders } from 'node:http';
import type { TestContext } from 'node:test';
import { startTestPostgres } from '@phone82/testkit';
import { fakeService, startGateway } from '../system.ts';
import { type FakeIssuer, startFakeIssuer } from './fake-issuer.ts';
import { CLIENT } from './issuer-grants.ts';

const SESSION_KEY = Buffer.alloc(32, 7).toString('base64');

export interface SeenRequest {
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

export interface SessionSystem {
  readonly issuer: FakeIssuer;
  readonly databaseUrl: string;
  /** What came to the service behind the gateway. */
  readonly seen: SeenRequest[];
  /** A copy of the gateway; all of a system share a database. */
  startCopy(options?: CopyOptions): ReturnType<typeof startGateway>;
}

export type CopyOptions = Parameters<typeof startGateway>[2] & {
  readonly env?: Readonly<Record<string, string>>;
};

/** An issuer, a database and a service for copies of the gateway with sessions. */
export async function sessionSystem(t: TestContext): Promise<SessionSystem> {
  const postgres = await startTestPostgres();
  t.after(() => postgres.stop());
  const databaseUrl = await postgres.freshDatabase();
  const issuer = await startFakeIssuer(t);
  const seen: SeenRequest[] = [];
  const service = await fakeService(t, ({ method, headers, url }, response) => {
    seen.push({ method, headers });
    if (!url?.endsWith('/events')) {
      response.writeHead(200, { 'set-cookie': 'from=service', 'content-type': 'application/json' }).end('{}');
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
  });
  return {
    issuer,
    databaseUrl,
    seen,
    startCopy: async ({ env, ...options } = {}) => {
      const copy = await startGateway(
        t,
        {
          ...{ APP_URL: service, CUSTOMER_URL: service, OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: 'phone82' },
          ...{ OIDC_CLIENT_SECRET: CLIENT.secret, DATABASE_URL: databaseUrl, SESSION_KEY },
          ...{ DATABASE_POOL: '3', SIGN_IN_REQUESTS_PER_MINUTE: '100000' },
          ...env,
        },
        options,
      );
      return copy;
    },
  };
}
