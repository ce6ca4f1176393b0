import type { LoggedEvent } from './log.ts';
import { pointOf, statusOf } from './status.ts';

/** What a batch of events says of one order. */
export interface News {
  readonly id: number;
  status: number | null;
  point: number | null;
  timeline: string;
  // biome-ignore lint/suspicious/noExplicitAny: the wire's fields, as they came
  order: any;
}

/** One row for each order, because one statement writes a row once. */
export function foldNews(events: readonly LoggedEvent[]): News[] {
  const orders = new Map<number, News>();
  for (const { type, id, data, position } of events) {
    const news = orders.get(id) ?? { id, status: null, point: null, timeline: '', order: {} };
    orders.set(id, news);
    const status = statusOf[type];
    const point = pointOf[type];
    if (status !== undefined) news.status = Math.max(news.status ?? 0, status);
    if (point !== undefined) news.point = Math.min(news.point ?? point, point);
    if (type === 'Ordered') news.order = JSON.parse(data);
    news.timeline += `${type}:${position};`;
  }
  return [...orders.values()];
}
