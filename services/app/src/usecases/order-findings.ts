import type {
  findOrderDifference,
  OrderDifferenceKind,
  PaymentRecord,
} from '../domain/find-order-difference.ts';
import type { Order } from '../domain/order.ts';
import type { OrderDifference, OrderReconciliation } from './reconciliation-ports.ts';

const MOST_LISTED = 1_000;
/** Beyond so many, what differs is believed at once: they are not all under way. */
const MOST_SUSPECTS = 10_000;

type Found = ReturnType<typeof findOrderDifference>;

/** What a comparison has found so far: what differed at the first look is suspected, until a second one confirms it. */
export class OrderFindings {
  #compared = 0;
  #moving = 0;
  readonly #suspects = new Map<number, OrderDifferenceKind>();
  readonly #counts: Partial<Record<OrderDifferenceKind, number>> = {};
  readonly #differences: OrderDifference[] = [];

  get suspects(): readonly number[] {
    return [...this.#suspects.keys()];
  }

  note(orderId: number, order: Order | undefined, payment: PaymentRecord | undefined, found: Found): void {
    this.#compared += 1;
    if (found === 'moving') this.#moving += 1;
    else if (found && this.#suspects.size < MOST_SUSPECTS) this.#suspects.set(orderId, found);
    else if (found) this.#add({ kind: found, orderId, order: order ?? null, payment: payment ?? null });
  }

  confirm(orderId: number, order: Order | undefined, payment: PaymentRecord | undefined, found: Found): void {
    if (found !== undefined && found === this.#suspects.get(orderId))
      this.#add({ kind: found, orderId, order: order ?? null, payment: payment ?? null });
    else this.#moving += 1;
  }

  #add(difference: OrderDifference): void {
    this.#counts[difference.kind] = (this.#counts[difference.kind] ?? 0) + 1;
    if (this.#differences.length < MOST_LISTED) this.#differences.push(difference);
  }

  result(): Omit<OrderReconciliation, 'period'> {
    const [compared, moving] = [this.#compared, this.#moving];
    return { compared, moving, counts: this.#counts, differences: this.#differences };
  }
}
