import { readFile } from 'node:fs/promises';
import { openDatabase } from '@phone82/persistence';
import { loadConfig, realEnvironment, runProcess, startJob } from '@phone82/runtime';
import { createLog, openTelemetry } from '@phone82/telemetry';
import { buildIssuer } from './build.ts';
import { IdentityConfig } from './config.ts';
import { listen } from './http/listen.ts';
import { purgeJob } from './purge.ts';
import { refuseUnsafeStart } from './refuse-unsafe-start.ts';
import type { IdentityDatabase } from './tables.ts';

const service = 'identity';

await runProcess(createLog({ service }), async () => {
  const config = loadConfig(IdentityConfig);
  refuseUnsafeStart(config);
  const { components, ...telemetry } = await openTelemetry(service, config);
  const database = openDatabase(config.DATABASE_URL, { name: service, poolSize: config.DATABASE_POOL });
  let port = config.PORT;
  const server = await buildIssuer({
    database,
    gatewayUrl: config.GATEWAY_URL,
    clientSecret: (await readFile(config.CLIENT_SECRET_FILE, 'utf8')).trim(),
    adminSecret: (await readFile(config.ADMIN_SECRET_FILE, 'utf8')).trim(),
    environment: realEnvironment,
    telemetry,
    issuer: () => `http://localhost:${port}`,
  });
  const http = await listen(server, config.HOST, config.PORT);
  port = http.port;
  const purge = startJob(
    purgeJob(database.kysely as IdentityDatabase, realEnvironment),
    realEnvironment,
    telemetry.log,
  );
  telemetry.log.info({ port }, 'ready');
  return [...components, { name: 'database', stop: () => database.close() }, purge, http];
});
