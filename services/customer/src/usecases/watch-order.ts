import type { OwnedBy } from '@phone82/persistence';
import { type OrderView, shownVersion } from '../domain/order-view.ts';
import type { CustomerPorts } from './ports.ts';

const LOOK_EVERY_MS = 200;

/**
 * An order's view now and after each change, until the signal is aborted. It looks at the stored view,
 * so it sees what another copy of this service folded, and survives a rebuild.
 */
export function watchOrder({ view, environment }: CustomerPorts) {
  return async function* watch(
    orderId: number,
    signal: AbortSignal,
    ownedBy?: OwnedBy,
  ): AsyncGenerator<OrderView | 'idle'> {
    let shown = -1;
    while (!signal.aborted) {
      const found = await view.reader.find(orderId, ownedBy);
      const version = found ? shownVersion(found) : 0;
      if (found && version !== shown) {
        shown = version;
        yield found;
      } else {
        yield 'idle';
      }
      await environment.sleep(LOOK_EVERY_MS, signal);
    }
  };
}
