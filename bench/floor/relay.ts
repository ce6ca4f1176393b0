import { type Event, publisher } from './log.ts';
import { together } from './together.ts';

export interface OutboxRow extends Event {
  readonly seq: number;
}

/** Where the rows lie until they are in the log. */
export interface Outbox {
  waiting(): Promise<readonly OutboxRow[]>;
  remove(seqs: readonly number[]): Promise<void>;
}

/**
 * Publishes what is handed over right after its commit, and first what an earlier process left in the outbox.
 * A crash in between publishes twice; every consumer takes that.
 */
export async function relay(outbox: Outbox): Promise<(rows: readonly OutboxRow[]) => void> {
  const publish = await publisher();
  const pass = together(async (batches: (readonly OutboxRow[])[]) => {
    const rows = batches.flat();
    await publish(rows);
    await outbox.remove(rows.map(({ seq }) => seq));
    return batches.map(() => undefined);
  });
  await pass(await outbox.waiting());
  return (rows) => void (rows.length > 0 && pass(rows).catch(endProcess));
}

/** On the floor nothing is tried again: what can't go on ends, and the rows are still there. */
export function endProcess(error: unknown): never {
  console.error(error);
  process.exit(1);
}
