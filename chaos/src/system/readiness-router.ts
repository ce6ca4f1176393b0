import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../../../platform/src/story/api.ts';
import type { LinkName, Links } from './links.ts';

/** As the probes of the chart: so many failures in a row, each after so long without an answer. */
const FAILURES_UNTIL_OUT = 2;
const PROBE_EVERY_MS = 500;
const PROBE_PATIENCE_MS = 2_000;

/** What a router saw of the services behind it. */
export interface RouterReport {
  /** How often a service was taken out of rotation. */
  outs: number;
  /** Answers that were 200 and warned of a check, by the check's name. */
  readonly warnings: Map<string, number>;
}

export interface ReadinessRouter {
  readonly report: RouterReport;
  stop(): Promise<void>;
}

/**
 * Stands before services as a Kubernetes Service does: asks for `/readyz`, and lets no request through to one that is not
 * ready. Each link is that of a service's callers.
 */
export function startReadinessRouter(
  api: Pick<Api, 'get'>,
  links: Links,
  routed: readonly LinkName[],
): ReadinessRouter {
  const report: RouterReport = { outs: 0, warnings: new Map() };
  const stopping = new AbortController();
  const probing = routed.map((name) => keepProbing(name, api, links, report, stopping.signal));
  return {
    report,
    stop: async () => {
      stopping.abort();
      await Promise.all(probing);
    },
  };
}

async function keepProbing(
  name: LinkName,
  api: Pick<Api, 'get'>,
  links: Links,
  report: RouterReport,
  signal: AbortSignal,
): Promise<void> {
  const [, service = ''] = name.split('>');
  const link = links.get(name);
  let failures = 0;
  while (!signal.aborted) {
    const { status, ms, body } = await api.get(service, '/readyz');
    for (const check of body.warnings ?? [])
      report.warnings.set(check, (report.warnings.get(check) ?? 0) + 1);
    const isReady = status === 200 && ms < PROBE_PATIENCE_MS;
    if (isReady && failures >= FAILURES_UNTIL_OUT) link?.heal();
    failures = isReady ? 0 : failures + 1;
    if (failures === FAILURES_UNTIL_OUT) {
      report.outs++;
      link?.cut();
    }
    await delay(PROBE_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
}
