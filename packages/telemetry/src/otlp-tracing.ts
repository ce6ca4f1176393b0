import { hostname } from 'node:os';
import {
  type Context,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TelemetryConfig } from './telemetry-config.ts';
import type { Span, SpanStart, Tracer, Tracing } from './tracer.ts';

export interface OtlpOptions {
  readonly service: string;
  /** The receiver's address, to which `/v1/traces` is added. */
  readonly endpoint: string;
  readonly sampler: TelemetryConfig['OTEL_TRACES_SAMPLER'];
  /** 0 to 1. */
  readonly ratio: number;
}

/** A receiver that is away costs no more than this many spans: later ones are dropped. */
const MOST_WAITING = 8_192;
const SENT_EVERY_MS = 1_000;

/** Spans by the OpenTelemetry SDK, in batches to an OTLP receiver; one that is away is given up on silently. */
export function openOtlpTracing({ service, endpoint, sampler, ratio }: OtlpOptions): Tracing {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        'service.name': service,
        'service.namespace': 'phone82',
        'service.instance.id': `${hostname()}-${process.pid}`,
      }),
    ),
    sampler: samplerOf(sampler, ratio),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        maxQueueSize: MOST_WAITING,
        scheduledDelayMillis: SENT_EVERY_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('phone82');
  return {
    tracer: { start: (span) => startSpan(tracer, span) },
    component: { name: 'traces', stop: () => provider.shutdown() },
  };
}

function samplerOf(name: OtlpOptions['sampler'], ratio: number): Sampler {
  const [, isParentBased, kind] = /^(parentbased_)?(.*)$/.exec(name) ?? [];
  const root =
    kind === 'always_on'
      ? new AlwaysOnSampler()
      : kind === 'always_off'
        ? new AlwaysOffSampler()
        : new TraceIdRatioBasedSampler(ratio);
  return isParentBased ? new ParentBasedSampler({ root }) : root;
}

const kinds: Readonly<Record<SpanStart['kind'], SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

function startSpan(
  tracer: ReturnType<TracerProvider['getTracer']>,
  { name, kind, parent, attributes = {} }: SpanStart,
): ReturnType<Tracer['start']> {
  const options = { kind: kinds[kind], attributes };
  return wrap(tracer.startSpan(name, options, parent ? contextOf(parent) : ROOT_CONTEXT));
}

function contextOf(traceparent: string): Context {
  const [, traceId = '', spanId = '', flags = '0'] = traceparent.split('-');
  const traceFlags = Number.parseInt(flags, 16);
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}

function wrap(span: OtelSpan): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  let isOver = false;
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    end: ({ attributes, error } = {}) => {
      if (isOver) return;
      isOver = true;
      if (attributes) span.setAttributes(attributes);
      if (error) span.setStatus({ code: SpanStatusCode.ERROR, message: error });
      span.end();
    },
  };
}
