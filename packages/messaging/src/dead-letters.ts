import {
  type Aggregate,
  type DeadLetter,
  type DeadLetterReader,
  isInfrastructureError,
  type Page,
  type UnitOfWork,
} from '@phone82/persistence';
import type { Subscriptions } from './consumer.ts';
import { reasonOf } from './handle-messages.ts';
import { readMessage } from './incoming-message.ts';
import { keptRecord } from './kept-record.ts';

/** `handled`: it and what waited behind it. `stuck`: it, or one behind it, can't be handled (see its reason). `gone`: there is no such letter. */
export type RetryOutcome = 'handled' | 'stuck' | 'gone';

/** What an operator does with messages that could not be handled. */
export interface DeadLetters {
  list(request: { readonly page: number; readonly size: number }): Promise<Page<DeadLetter>>;
  show(messageId: string): Promise<DeadLetter | undefined>;
  /** Handles a message, then those parked behind it, in order; for a parked one, beginning with what it waits for. Safe to repeat. */
  retry(messageId: string): Promise<RetryOutcome>;
  /** Gives a message up, and handles those parked behind it. Safe to repeat. */
  discard(messageId: string): Promise<RetryOutcome>;
}

export interface DeadLettersOptions<A extends Aggregate> {
  readonly letters: DeadLetterReader;
  readonly unitOfWork: UnitOfWork<A>;
  readonly subscriptions: Subscriptions<A>;
}

export function createDeadLetters<A extends Aggregate>(options: DeadLettersOptions<A>): DeadLetters {
  const { letters, unitOfWork } = options;
  return {
    list: (request) => letters.list(request),
    show: (messageId) => letters.find(messageId),
    retry: async (messageId) => {
      const letter = await letters.find(messageId);
      return letter ? workOff(letter, options, true) : 'gone';
    },
    discard: async (messageId) => {
      const letter = await letters.find(messageId);
      if (!letter) return 'gone';
      await unitOfWork.run(async (transaction) => {
        await transaction.deadLettersWith(letter);
        transaction.removeDeadLetter(messageId);
      });
      return workOff(letter, options, false);
    },
  };
}

/** One transaction per letter, so that what was handled stays so; new messages of the order are parked until the last is through. */
async function workOff<A extends Aggregate>(
  letter: DeadLetter,
  options: DeadLettersOptions<A>,
  triesDead: boolean,
): Promise<RetryOutcome> {
  let outcome = await handleFirst(letter, options, triesDead);
  while (outcome === 'next') outcome = await handleFirst(letter, options, false);
  return outcome;
}

async function handleFirst<A extends Aggregate>(
  of: DeadLetter,
  { unitOfWork, subscriptions }: DeadLettersOptions<A>,
  triesDead: boolean,
): Promise<RetryOutcome | 'next'> {
  let tried: DeadLetter | undefined;
  try {
    return await unitOfWork.run(async (transaction) => {
      if (of.orderId !== null) await transaction.prefetch([of.orderId]);
      const [first] = await transaction.deadLettersWith(of);
      if (!first) return 'handled';
      if (first.state === 'dead' && !triesDead) return 'stuck';
      tried = first;
      const message = readMessage(keptRecord(first.record), subscriptions);
      if (message && !message.handle) throw new Error(message.fault);
      await message?.handle?.(transaction);
      transaction.removeDeadLetter(first.messageId);
      return 'next';
    });
  } catch (error) {
    if (!tried || isInfrastructureError(error)) throw error;
    const letter: DeadLetter = { ...tried, state: 'dead', reason: reasonOf(error) };
    await unitOfWork.run(async (transaction) => transaction.addDeadLetter(letter));
    return 'stuck';
  }
}
