import { listen } from '@phone82/http';
import { loadConfig, runProcess } from '@phone82/runtime';
import { createLog, createMetrics, openTracing } from '@phone82/telemetry';
import { buildGateway } from './build.ts';
import { gatewayConfig } from './config.ts';

const service = 'gateway';

await runProcess(createLog({ service }), async () => {
  const config = loadConfig(gatewayConfig);
  const log = createLog({ service, level: config.LOG_LEVEL });
  const tracing = await openTracing(service, config);
  const { server, connections } = await buildGateway(config, {
    log,
    metrics: createMetrics(service),
    tracer: tracing?.tracer,
  });
  const http = await listen(server, { host: config.HOST, port: config.PORT, delayMs: config.DRAIN_DELAY_MS });
  log.info({ port: http.port }, 'ready');
  return [...(tracing ? [tracing.component] : []), connections, http];
});
