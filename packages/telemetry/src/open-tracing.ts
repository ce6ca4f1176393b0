import type { TelemetryConfig } from './telemetry-config.ts';
import type { Tracer } from './tracer.ts';

export interface Tracing {
  readonly tracer: Tracer;
  /** Sends what is not sent yet; for a list of components, where it is the first to start and the last to stop. */
  readonly component: { readonly name: string; stop(): Promise<void> };
}

/**
 * Spans go to the configured receiver, by OTLP over HTTP. Undefined where none is configured: the OpenTelemetry SDK, a
 * third of a service's memory, is then not even loaded.
 */
export async function openTracing(service: string, config: TelemetryConfig): Promise<Tracing | undefined> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = config;
  if (!endpoint) return undefined;
  const { openOtlpTracing } = await import('./otlp-tracing.ts');
  const { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio } = config;
  return openOtlpTracing({ service, endpoint, sampler, ratio });
}
