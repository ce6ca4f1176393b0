import { table } from './table.ts';

/** What pay answers to `POST /reconciliations`. */
export interface Reconciliation {
  readonly from: string;
  readonly to: string;
  readonly transactions: number;
  readonly orders: number;
  readonly moving: number;
  readonly total: number;
  readonly differences: readonly {
    readonly kind: string;
    readonly orderId: number | null;
    readonly pspOrderId: string | null;
    readonly process: string | null;
    readonly price: number | null;
    readonly charged: number;
    readonly refunded: number;
  }[];
}

const HEADINGS = ['order', 'at the PSP', 'difference', 'payment', 'price', 'charged', 'refunded'];

/** A reconciliation as lines for a person. */
export function reconciliationReport(found: Reconciliation): readonly string[] {
  const { from, to, transactions, orders, moving, total, differences } = found;
  const days = from === to ? from : `${from} to ${to}`;
  const lines = [`${days}: ${orders} orders compared with ${transactions} transactions of the PSP`];
  if (moving > 0) lines.push(`${moving} of them changed just now and are left for the next time`);
  if (total === 0) return [...lines, 'there are no differences'];
  const rows = differences.map(({ orderId, pspOrderId, kind, process, price, charged, refunded }) => [
    orderId ?? '-',
    pspOrderId ?? '-',
    kind,
    process ?? '-',
    price ?? '-',
    charged,
    refunded,
  ]);
  const rest = total - differences.length;
  return [
    ...lines,
    `${total} ${total === 1 ? 'order differs' : 'orders differ'}:`,
    ...table([HEADINGS, ...rows]),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}

/** What app answers to `POST /reconciliations`. */
export interface OrderReconciliation {
  readonly orders: number;
  readonly moving: number;
  readonly total: number;
  readonly differences: readonly {
    readonly kind: string;
    readonly orderId: number;
    readonly status: string | null;
    readonly price: number | null;
    readonly process: string | null;
    readonly charged: number | null;
  }[];
}

const ORDER_HEADINGS = ['order', 'difference', 'status', 'price', 'payment', 'charged'];

/** A comparison of orders with pay's payments as lines for a person. */
export function orderReconciliationReport(found: OrderReconciliation): readonly string[] {
  const { orders, moving, total, differences } = found;
  const lines = [`${orders} orders compared with the payments of pay`];
  if (moving > 0) lines.push(`${moving} of them changed just now and are left for the next time`);
  if (total === 0) return [...lines, 'there are no differences'];
  const rows = differences.map(({ orderId, kind, status, price, process, charged }) => [
    orderId,
    kind,
    status ?? '-',
    price ?? '-',
    process ?? '-',
    charged ?? '-',
  ]);
  const rest = total - differences.length;
  return [
    ...lines,
    `${total} ${total === 1 ? 'order differs' : 'orders differ'}:`,
    ...table([ORDER_HEADINGS, ...rows]),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}
