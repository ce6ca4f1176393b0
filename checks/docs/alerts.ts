import { type MetricTypes, unknownMetrics } from './metrics.ts';

const FOLDER = 'docs/operations/runbooks';

export interface AlertPages {
  /** Rule files of Prometheus, and their tests, by path. */
  readonly rules: ReadonlyMap<string, string>;
  readonly tests: ReadonlyMap<string, string>;
  /** Dashboards of Grafana. */
  readonly dashboards: ReadonlyMap<string, string>;
  /** All pages that are there. */
  readonly pages: Iterable<string>;
}

const namesIn = (texts: ReadonlyMap<string, string>, pattern: RegExp) =>
  new Set([...texts.values()].flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)));

/** Alerts without a runbook or a test of their firing, runbooks without an alert, and queries for what nothing measures. */
export function alertFaults({ rules, tests, dashboards, pages }: AlertPages, made: MetricTypes): string[] {
  const alerts = namesIn(rules, /^ *- alert: (\w+)$/gm);
  const runbooks = namesIn(rules, /^ *runbook: (\S+)$/gm);
  const tested = namesIn(tests, /ALERTS\{alertname="(\w+)"/g);
  const recorded = namesIn(rules, /^ *- record: (\S+)$/gm);
  const written = [...pages].filter((path) => path.startsWith(`${FOLDER}/`));
  const pageOf = (alert: string) => `${FOLDER}/${alert}.md`;
  const named = [...alerts].filter(
    (alert) => !written.includes(pageOf(alert)) || !runbooks.has(pageOf(alert)),
  );
  return [
    ...named.map((alert) => `${alert} has no ${pageOf(alert)}, or does not name it`),
    ...written
      .filter((path) => ![...alerts].some((alert) => path === pageOf(alert)))
      .map((path) => `${path} is of no alert`),
    ...[...alerts].filter((alert) => !tested.has(alert)).map((alert) => `${alert} was never seen firing`),
    ...queriesOf(rules, dashboards).flatMap(([where, query]) => unknownMetrics(where, query, made, recorded)),
  ];
}

function queriesOf(rules: AlertPages['rules'], dashboards: AlertPages['dashboards']): [string, string][] {
  const inRules = [...rules].flatMap(([path, text]) =>
    [...text.matchAll(/^ *expr: \|\n((?: {10}.*\n)+)/gm)].map(([, query = '']): [string, string] => [
      path,
      query,
    ]),
  );
  const inDashboards = [...dashboards].flatMap(([path, text]) =>
    [...text.matchAll(/"expr": ("(?:[^"\\]|\\.)*")/g)].map(([, query = '""']): [string, string] => [
      path,
      JSON.parse(query),
    ]),
  );
  return [...inRules, ...inDashboards];
}
