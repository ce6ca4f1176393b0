import type { AddressInfo } from 'node:net';
import { loadConfig, realEnvironment, runProcess, startJob } from '@phone82/runtime';
import { createLog, openTelemetry } from '@phone82/telemetry';
import { PspSimulatorConfig, refuseProduction } from './config.ts';
import { createPsp } from './core/psp.ts';
import { createPspServer, stopPspServer } from './http/server.ts';
import { openSqliteLedger } from './ledger/sqlite-ledger.ts';
import { postWebhook } from './webhooks/post-webhook.ts';

const service = 'psp-simulator';

await runProcess(createLog({ service }), async () => {
  const config = loadConfig(PspSimulatorConfig);
  refuseProduction(config);
  const { log, tracer, components } = await openTelemetry(service, config);
  const environment = realEnvironment;
  const ledger = openSqliteLedger(decodeURIComponent(config.DATABASE_URL.slice('sqlite://'.length)));
  const receiver = config.WEBHOOK_URL ? postWebhook(config.WEBHOOK_URL) : undefined;
  const psp = createPsp({
    ledger,
    environment,
    secretKey: config.PSP_SECRET_KEY,
    webhookRetryMs: config.WEBHOOK_RETRY_MS,
    deliver: receiver?.deliver,
  });
  const webhooks = psp.jobs.webhooks && startJob(psp.jobs.webhooks, environment, log);
  const retention = startJob(psp.jobs.retention, environment, log);
  const server = createPspServer(psp, tracer);
  await server.listen({ host: config.HOST, port: config.PORT });
  log.info({ port: (server.server.address() as AddressInfo).port }, 'ready');
  return [
    ...components,
    { name: 'ledger', stop: () => ledger.close() },
    ...(receiver ? [{ name: 'webhook connections', stop: () => receiver.close() }] : []),
    ...(webhooks ? [webhooks] : []),
    retention,
    { name: 'http', stop: () => stopPspServer(server) },
  ];
});
