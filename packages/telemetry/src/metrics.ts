import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** As OpenTelemetry's semantic conventions name them. */
const HTTP_LABELS = ['http_request_method', 'http_route', 'http_response_status_code'] as const;
type HttpLabel = (typeof HTTP_LABELS)[number];

/** The numbers that one process shows at `/metrics`. Asking again for a name gives the same metric. */
export interface Metrics {
  /** How long requests took, in seconds. */
  readonly httpDuration: Histogram<HttpLabel>;
  counter<L extends string>(name: string, help: string, labels?: readonly L[]): Counter<L>;
  /** A value that goes up and down; `collect` is asked for it each time the metrics are read. */
  gauge<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    collect?: (gauge: Gauge<L>) => void | Promise<void>,
  ): Gauge<L>;
  histogram<L extends string>(
    name: string,
    help: string,
    labels?: readonly L[],
    buckets?: readonly number[],
  ): Histogram<L>;
  /** All values as Prometheus text. */
  render(): Promise<string>;
  readonly contentType: string;
}

/**
 * prom-client's own 10 ms wake an idle process up a hundred times a second: seen as a tenth of the CPU of a busy system. It counts
 * this time in: the dashboard `service` takes it off.
 */
const EVENT_LOOP_EVERY_MS = 100;

/** A registry of its own per call, so that several services can live in one process. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: EVENT_LOOP_EVERY_MS });
  const registers = [registry];
  const once = <M>(name: string, make: () => M): M =>
    (registry.getSingleMetric(name) as M | undefined) ?? make();
  const histogram: Metrics['histogram'] = (name, help, labelNames = [], buckets = SECONDS) =>
    once(name, () => new Histogram({ name, help, labelNames, buckets: [...buckets], registers }));
  return {
    httpDuration: histogram(
      'http_server_request_duration_seconds',
      'Time from request to answer',
      HTTP_LABELS,
    ),
    counter: (name, help, labelNames = []) =>
      once(name, () => new Counter({ name, help, labelNames, registers })),
    gauge: (name, help, labelNames = [], collect) =>
      once(name, () => new Gauge({ name, help, labelNames, registers, ...collecting(collect) })),
    histogram,
    render: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** prom-client hands a collector its gauge as `this`. */
function collecting<L extends string>(collect?: (gauge: Gauge<L>) => void | Promise<void>) {
  return (
    collect && {
      collect(this: Gauge<L>) {
        return collect(this);
      },
    }
  );
}
