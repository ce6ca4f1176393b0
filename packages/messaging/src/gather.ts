import type { Aggregate } from '@phone82/persistence';
import type { Handled } from './handle-messages.ts';
import type { IncomingMessage } from './incoming-message.ts';

type Handle<A extends Aggregate> = (
  messages: readonly IncomingMessage<A>[],
  signal: AbortSignal,
) => Promise<Handled<A>>;

interface Batch<A extends Aggregate> {
  readonly messages: readonly IncomingMessage<A>[];
  readonly signal: AbortSignal;
  resolve(handled: Handled<A>): void;
  reject(error: unknown): void;
}

const none = { handled: [], deadLettered: [] };

/**
 * Handles the batches of several partitions in one transaction: those that arrive while one is under way
 * wait and go together. If they fail together each is handled by itself, so that one partition's trouble
 * stays its own.
 */
export function gather<A extends Aggregate>(handle: Handle<A>): Handle<A> {
  let waiting: Batch<A>[] = [];
  let running = false;

  const handleEach = async (batches: readonly Batch<A>[]) => {
    for (const { messages, signal, resolve, reject } of batches)
      await handle(messages, signal).then(resolve, reject);
  };

  const handleTogether = async (batches: readonly Batch<A>[]) => {
    const current = batches.filter(({ signal, reject }) => {
      if (signal.aborted) reject(signal.reason);
      return !signal.aborted;
    });
    if (current.length < 2) return handleEach(current);
    try {
      const outcome = await handle(
        current.flatMap(({ messages }) => messages),
        AbortSignal.any(current.map(({ signal }) => signal)),
      );
      // What came of them is told once: it is counted, not looked up.
      for (const [index, { resolve }] of current.entries()) resolve(index === 0 ? outcome : none);
    } catch {
      await handleEach(current);
    }
  };

  const work = async () => {
    running = true;
    while (waiting.length > 0) {
      const together = waiting;
      waiting = [];
      await handleTogether(together);
    }
    running = false;
  };

  return (messages, signal) =>
    new Promise((resolve, reject) => {
      waiting.push({ messages, signal, resolve, reject });
      // The partitions that were fetched together hand their records over in the same turn.
      if (!running) queueMicrotask(() => void (running || work()));
    });
}
