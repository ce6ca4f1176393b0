import {
  type Aggregate,
  isInfrastructureError,
  type Transaction,
  type UnitOfWork,
} from '@phone82/persistence';
import type { Environment, Log } from '@phone82/runtime';
import { backoffMs } from './backoff.ts';
import { deadLetterFor, type IncomingMessage } from './incoming-message.ts';

export interface HandlingOptions<A extends Aggregate> {
  readonly unitOfWork: UnitOfWork<A>;
  readonly environment: Environment;
  readonly log: Log;
  /** Tries of one message before it becomes a dead letter. Default 5. */
  readonly maxAttempts?: number;
  /**
   * The handlers take messages again and in any order, so that the log can be read anew: no marks are kept of those
   * handled, and none waits behind a dead letter. Default false.
   */
  readonly replayable?: boolean;
}

/** What became of messages: handled now, dead or parked now. Those handled before are in neither. */
export interface Handled<A extends Aggregate> {
  readonly handled: readonly IncomingMessage<A>[];
  readonly deadLettered: readonly IncomingMessage<A>[];
}

const RETRY = { firstMs: 20, maxMs: 1_000 };

/**
 * Handles the messages of a partition in order, all in one transaction. If one fails, each gets a transaction
 * of its own, so that only the one at fault becomes a dead letter.
 * @throws what the database throws when it, and no message, is at fault: the messages have to come again.
 */
export async function handleMessages<A extends Aggregate>(
  messages: readonly IncomingMessage<A>[],
  options: HandlingOptions<A>,
  signal: AbortSignal,
): Promise<Handled<A>> {
  try {
    return await handleTogether(messages, options);
  } catch (error) {
    if (isInfrastructureError(error)) throw error;
  }
  const outcomes: Handled<A>[] = [];
  for (const message of messages) {
    signal.throwIfAborted();
    outcomes.push(await handleAlone(message, options));
  }
  return {
    handled: outcomes.flatMap(({ handled }) => handled),
    deadLettered: outcomes.flatMap(({ deadLettered }) => deadLettered),
  };
}

function handleTogether<A extends Aggregate>(
  messages: readonly IncomingMessage<A>[],
  { unitOfWork, replayable = false }: HandlingOptions<A>,
): Promise<Handled<A>> {
  return unitOfWork.run(async (transaction) => {
    const handled: IncomingMessage<A>[] = [];
    const deadLettered: IncomingMessage<A>[] = [];
    const { fresh, blocked } = replayable
      ? await readAnew(messages, transaction)
      : await admitFresh(messages, transaction);
    for (const message of fresh) {
      const { orderId, handle, fault } = message;
      if (orderId !== null && blocked.has(orderId)) {
        transaction.addDeadLetter(deadLetterFor(message, 'parked', 'waits behind an earlier dead letter'));
        deadLettered.push(message);
      } else if (handle) {
        await handle(transaction);
        handled.push(message);
      } else {
        transaction.addDeadLetter(deadLetterFor(message, 'dead', fault));
        deadLettered.push(message);
        if (orderId !== null && !replayable) blocked.add(orderId);
      }
    }
    return { handled, deadLettered };
  });
}

/** The messages to handle, and the orders whose messages wait behind a dead letter. */
interface Admission<A extends Aggregate> {
  readonly fresh: readonly IncomingMessage<A>[];
  readonly blocked: Set<number>;
}

async function admitFresh<A extends Aggregate>(
  messages: readonly IncomingMessage<A>[],
  transaction: Transaction<A>,
): Promise<Admission<A>> {
  const admitted = await transaction.admit(messages);
  const unhandled = new Set(admitted.fresh);
  // A batch can hold a message twice: the first one counts.
  const fresh = messages.filter(({ messageId }) => unhandled.delete(messageId));
  return { fresh, blocked: new Set(admitted.blocked) };
}

/** Messages from before a dead letter come after it: waiting would take them from the view. */
async function readAnew<A extends Aggregate>(
  messages: readonly IncomingMessage<A>[],
  transaction: Transaction<A>,
): Promise<Admission<A>> {
  await transaction.prefetch(messages.flatMap(({ orderId }) => orderId ?? []));
  return { fresh: messages, blocked: new Set() };
}

async function handleAlone<A extends Aggregate>(
  message: IncomingMessage<A>,
  options: HandlingOptions<A>,
): Promise<Handled<A>> {
  const { environment, log, maxAttempts = 5 } = options;
  for (let attempt = 1; ; attempt++) {
    try {
      return await handleTogether([message], options);
    } catch (error) {
      if (isInfrastructureError(error)) throw error;
      const { messageId, eventType, orderId } = message;
      if (attempt >= maxAttempts) {
        log.error({ err: error, messageId, eventType, orderId, attempt }, 'message became a dead letter');
        return bury(message, error, options);
      }
      log.warn({ err: error, messageId, eventType, orderId, attempt }, 'message failed, will try again');
      await environment.sleep(backoffMs(RETRY, attempt, environment));
    }
  }
}

function bury<A extends Aggregate>(
  message: IncomingMessage<A>,
  error: unknown,
  { unitOfWork, replayable = false }: HandlingOptions<A>,
): Promise<Handled<A>> {
  return unitOfWork.run(async (transaction) => {
    const { fresh } = replayable ? { fresh: [message] } : await admitFresh([message], transaction);
    for (const each of fresh) transaction.addDeadLetter(deadLetterFor(each, 'dead', reasonOf(error)));
    return { handled: [], deadLettered: fresh };
  });
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
