import type { Period } from '@phone82/contracts';
import { movesMoney, type Payment } from './payment.ts';

/** What the PSP's books say of one order within a period. Won. */
export interface PspSums {
  readonly pspOrderId: string;
  /** Null if we never gave such a number. */
  readonly orderId: number | null;
  readonly charges: number;
  readonly charged: number;
  readonly refunded: number;
  /** The time of its last movement. */
  readonly lastAt: number;
}

/** How our records and the PSP's can disagree about an order. */
export const differenceKinds = [
  'unknownOrder',
  'chargedTwice',
  'chargedOnlyThere',
  'chargedOnlyHere',
  'amountsDiffer',
  'refundedOnlyThere',
  'refundedOnlyHere',
] as const;
export type DifferenceKind = (typeof differenceKinds)[number];

/**
 * How the two disagree, undefined where they agree; `moving`: something happened at `asOf` or later, too late to be seen by
 * both. A charge that was given back without ever counting here leaves nothing to disagree about.
 */
export function findDifference(
  psp: PspSums | undefined,
  payment: Payment | undefined,
  period: Period,
  asOf: number,
): DifferenceKind | 'moving' | undefined {
  // Its money never was at our PSP, whose books can only be wrong about it.
  if (payment?.isForeign) return psp && psp.charged !== psp.refunded ? 'unknownOrder' : undefined;
  if (isMoving(psp, payment, asOf)) return 'moving';
  if (!payment) return 'unknownOrder';
  const charges = psp?.charges ?? 0;
  const refunded = psp?.refunded ?? 0;
  if (charges > 1) return 'chargedTwice';
  const [chargedAt, refundedAt] = [chargedHereAt(payment), refundedHereAt(payment)];
  if (charges === 0 && within(period, chargedAt)) return 'chargedOnlyHere';
  if (refunded === 0 && within(period, refundedAt)) return 'refundedOnlyHere';
  if (!psp) return undefined;
  if (chargedAt === null) return charges > 0 && psp.charged !== refunded ? 'chargedOnlyThere' : undefined;
  if (charges > 0 && psp.charged !== payment.price) return 'amountsDiffer';
  if (refunded > 0 && refundedAt === null) return 'refundedOnlyThere';
  return charges > 0 && refunded > 0 && refunded !== payment.price ? 'amountsDiffer' : undefined;
}

function isMoving(psp: PspSums | undefined, payment: Payment | undefined, asOf: number): boolean {
  const times = [psp?.lastAt, payment?.requestedAt, payment?.chargedAt, payment?.refundedAt];
  return times.some((at) => at !== undefined && at !== null && at >= asOf);
}

const CHARGED = new Set<Payment['state']>(['Payed', 'CancelPending', 'PayCancelled']);

/** The PSP's time of it, or ours where the PSP never told us of it. */
const chargedHereAt = (payment: Payment): number | null =>
  payment.chargedAt ?? (movesMoney(payment) && CHARGED.has(payment.state) ? payment.requestedAt : null);

const refundedHereAt = (payment: Payment): number | null =>
  payment.refundedAt ??
  (movesMoney(payment) && payment.state === 'PayCancelled' ? payment.requestedAt : null);

const within = ({ from, to }: Period, at: number | null): boolean => at !== null && at >= from && at < to;
