import type { ServiceName, SystemUnderTest } from '../system-under-test.ts';

const behindGateway = [
  'app',
  'pay',
  'customer',
  'store',
  'marketing',
] as const satisfies readonly ServiceName[];

/** Nobody asks for these but operators; `/metrics` is asked for by this program too, and then counted from the next time on. */
const OPERATOR_ROUTE = /^\/(dead-letters|view|breakers|reconciliations|metrics)(\/|$)/;

/** How often operators' routes of the services were reached, as the services themselves count. */
export async function countOperatorRequests(system: SystemUnderTest): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const service of behindGateway) {
    const { text } = await system.http(service).get('/metrics');
    for (const [, labels = '', count] of text.matchAll(
      /^http_server_request_duration_seconds_count\{(.*)\} (\d+)$/gm,
    )) {
      const route = /http_route="([^"]*)"/.exec(labels)?.[1] ?? '';
      const name = `${service} ${/http_request_method="([^"]*)"/.exec(labels)?.[1]} ${route}`;
      if (OPERATOR_ROUTE.test(route)) counts.set(name, (counts.get(name) ?? 0) + Number(count));
    }
  }
  return counts;
}

/** Routes that were reached between two counts; our own request for the metrics is not among them. */
export function reachedBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): readonly string[] {
  return [...after].flatMap(([name, count]) => {
    const own = name.endsWith(' GET /metrics') ? 1 : 0;
    const times = count - (before.get(name) ?? 0) - own;
    return times > 0 ? [`${name} was reached ${times} times`] : [];
  });
}
