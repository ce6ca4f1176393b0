import type { Aggregate, DueReader } from '@phone82/persistence';
import type { Environment } from '@phone82/runtime';
import type { HasCaughtUp } from './caught-up.ts';

export interface ReadyDueOptions<A extends Aggregate> {
  readonly due: DueReader<A>;
  caughtUp(): Promise<HasCaughtUp>;
  readonly environment: Pick<Environment, 'now'>;
  /** Most records at once. */
  readonly batch: number;
}

export interface ReadyDue<A extends Aggregate> {
  /** Due records for which the group has read everything that was published. */
  readonly ready: readonly A[];
  /** Whether there may be more. */
  readonly more: boolean;
}

/**
 * Reads the records that are due, without those whose partition stands still. As many more are read the next time as were held
 * back, up to ten batches, so that records behind them have their turn.
 */
export function createReadyDue<A extends Aggregate & { readonly id: number }>({
  due,
  caughtUp,
  environment,
  batch,
}: ReadyDueOptions<A>): () => Promise<ReadyDue<A>> {
  let heldBack = 0;
  return async () => {
    const most = batch + heldBack;
    const waiting = await due.dueBefore(environment.now(), most);
    if (waiting.length === 0) return { ready: [], more: false };
    const mayGo = await caughtUp();
    const ready = waiting.filter(({ id }) => mayGo(id));
    heldBack = Math.min(waiting.length - ready.length, 10 * batch);
    return { ready, more: ready.length > 0 && waiting.length === most };
  };
}
