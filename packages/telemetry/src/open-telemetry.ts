import type { LevelWithSilent, Logger } from 'pino';
import { createLog } from './log.ts';
import { type LogShipping, shipLogs } from './log-shipping.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { openTracing } from './open-tracing.ts';
import type { TelemetryConfig } from './telemetry-config.ts';
import type { Tracer } from './tracer.ts';

/** How a process is seen from outside. */
export interface Telemetry {
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Absent where nothing is traced. */
  readonly tracer: Tracer | undefined;
  /** To be started first and stopped last: they send what is not sent yet. */
  readonly components: readonly { readonly name: string; stop(): Promise<void> }[];
}

/** Log, metrics and traces of a service, with copies to where the configuration says; by default to nowhere. */
export async function openTelemetry(
  service: string,
  config: TelemetryConfig & { readonly LOG_LEVEL: LevelWithSilent },
): Promise<Telemetry> {
  const metrics = createMetrics(service);
  const shipping = openShipping(service, config, metrics);
  const tracing = await openTracing(service, config);
  return {
    log: createLog({ service, level: config.LOG_LEVEL, copyTo: shipping }),
    metrics,
    tracer: tracing?.tracer,
    components: [
      ...(shipping ? [{ name: 'log shipping', stop: () => shipping.stop() }] : []),
      ...(tracing ? [tracing.component] : []),
    ],
  };
}

function openShipping(
  service: string,
  { FLUENTD_SERVER_IP: host, FLUENTD_PORT: port }: TelemetryConfig,
  metrics: Metrics,
): LogShipping | undefined {
  if (!host) return undefined;
  const dropped = metrics.counter('log_lines_dropped_total', 'Log lines that fluentd did not take in time');
  const tag = `phone82.${service}`;
  return shipLogs({ host, port, tag, onDropped: (lines) => dropped.inc(lines) });
}
