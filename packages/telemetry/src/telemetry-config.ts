import Type, { type Static } from 'typebox';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** The part of a configuration that says where traces and log lines go. `OTEL_…` are OpenTelemetry's own names. */
export const telemetryConfig = {
  OTEL_EXPORTER_OTLP_ENDPOINT: Type.Optional(
    Type.String({
      pattern: '^https?://',
      description: 'where traces go by OTLP over HTTP; without it none are recorded',
    }),
  ),
  OTEL_TRACES_SAMPLER: Type.Enum(SAMPLERS, {
    default: 'parentbased_traceidratio',
    description: `which traces are recorded: ${SAMPLERS.join(', ')}`,
  }),
  OTEL_TRACES_SAMPLER_ARG: Type.Number({
    default: 1,
    minimum: 0,
    maximum: 1,
    description: 'the share of traces that a sampler with a ratio records',
  }),
  FLUENTD_SERVER_IP: Type.Optional(
    Type.String({
      pattern: '^[^\\s:/]+$',
      description: 'the fluentd that gets a copy of each log line; without it none does',
    }),
  ),
  FLUENTD_PORT: Type.Integer({
    default: 24_224,
    minimum: 1,
    maximum: 65_535,
    description: 'the port of its forward input',
  }),
};

const schema = Type.Object(telemetryConfig);
export type TelemetryConfig = Static<typeof schema>;
