/** A metric's name and its type. */
export type MetricTypes = ReadonlyMap<string, string>;

const CALL = /\b(?:counter|gauge|histogram)(?:<[^>]*>)?\(\s*'([a-z_]+)'/g;
const ANY_CALL = /\bmetrics\??\.(counter|gauge|histogram)\((?!\s*')\s*([^\s,]*)/g;
/** What prom-client measures of the process itself, and what Prometheus adds. */
const NOT_OURS = /^(nodejs_|process_|up$|ALERTS$)/;

/** The metrics that sources make, by their literal names. */
export function metricsIn(sources: Iterable<string>): MetricTypes {
  const found = [...sources].flatMap((text) => [...text.matchAll(CALL)]);
  return new Map(found.map(([call, name = '']) => [name, /\w+/.exec(call)?.[0] ?? '']));
}

/** Metrics whose name is not written where they are made: no page could be held against them. */
export const unnamedMetrics = (path: string, text: string): string[] =>
  [...text.matchAll(ANY_CALL)].map(([, , name]) => `${path}: a metric is named by ${name}, not by its name`);

/** Where the page of the metrics and the code disagree. Rows begin with the name in backticks and its type. */
export function metricFaults(markdown: string, made: MetricTypes): string[] {
  const rows = [...markdown.matchAll(/^\| *`([a-z_]+)` *\| *(\w+) *\|/gm)];
  const documented = new Map(rows.map(([, name = '', type = '']) => [name, type]));
  return [
    ...[...made].filter(([name]) => !documented.has(name)).map(([name]) => `${name} is not documented`),
    ...[...documented].flatMap(([name, type]) => {
      const actual = made.get(name);
      if (actual === undefined) return [`${name} is documented, but nothing measures it`];
      return actual === type ? [] : [`${name} is a ${actual}, not a ${type}`];
    }),
  ].map((fault) => `docs/metrics.md: ${fault}`);
}

/** Metrics that a query asks for and nothing measures. `recorded`: what recording rules add. */
export function unknownMetrics(
  where: string,
  query: string,
  made: MetricTypes,
  recorded: ReadonlySet<string>,
): string[] {
  const bare = query
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}|\[[^\]]*\]|\b(?:by|on|without) \([^)]*\)/g, ' ');
  const names = [...bare.matchAll(/[a-z][a-zA-Z0-9_:]*_[a-zA-Z0-9_:]+(?!\w*\()/g)].map(([name]) => name);
  return names
    .filter((name) => !NOT_OURS.test(name) && !recorded.has(name) && !isMade(name, made))
    .map((name) => `${where}: ${name} is asked for, but nothing measures it`);
}

function isMade(name: string, made: MetricTypes): boolean {
  const base = name.replace(/_(bucket|count|sum)$/, '');
  return made.has(name) || made.get(base) === 'histogram';
}
