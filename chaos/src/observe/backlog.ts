import type { Api } from '../../../platform/src/story/api.ts';

const SERVICES = ['app', 'pay', 'store', 'marketing', 'customer'] as const;

/** Events that wait in the outboxes, and records that wait to be worked off, over all services; NaN where one can't say. */
export async function backlogOf(api: Pick<Api, 'getText'>): Promise<{ outbox: number; lag: number }> {
  const pages = await Promise.all(SERVICES.map((service) => api.getText(service, '/metrics')));
  const sum = (metric: string) => pages.reduce((total, page) => total + valueIn(page, metric), 0);
  return { outbox: sum('outbox_events'), lag: sum('consumer_lag_records') };
}

/** The value of a gauge without labels of its own, on a page of metrics. */
function valueIn(page: string, metric: string): number {
  const found = new RegExp(`^${metric}\\{[^}]*\\} (\\S+)$`, 'm').exec(page)?.[1];
  return Number(found ?? Number.NaN);
}
