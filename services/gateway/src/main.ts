import { requireAccess } from '@phone82/access';
import { listen } from '@phone82/http';
import { loadConfig, runProcess } from '@phone82/runtime';
import { createLog, openTelemetry } from '@phone82/telemetry';
import { buildGateway, gateway } from './build.ts';
import { gatewayConfig } from './config.ts';

await runProcess(createLog({ service: gateway.name }), async () => {
  const config = loadConfig(gatewayConfig);
  requireAccess(config);
  const { components, ...telemetry } = await openTelemetry(gateway.name, config);
  const { server, connections } = await buildGateway(config, telemetry);
  const http = await listen(server, { host: config.HOST, port: config.PORT, delayMs: config.DRAIN_DELAY_MS });
  telemetry.log.info({ port: http.port }, 'ready');
  return [...components, connections, http];
});
