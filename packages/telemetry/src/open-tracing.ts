import type { TelemetryConfig } from './telemetry-config.ts';
import type { Tracing } from './tracer.ts';

/**
 * Spans go to the configured receiver, by OTLP over HTTP. Undefined where none is configured: the OpenTelemetry SDK,
 * which costs memory and time to start, is then not even loaded.
 */
export async function openTracing(service: string, config: TelemetryConfig): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = config;
  if (!endpoint) return undefined;
  const { openOtlpTracing } = await import('./otlp-tracing.ts');
  const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio } = config;
  return openOtlpTracing({ service, endpoint, sampler, ratio });
}
