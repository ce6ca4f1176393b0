import type { Environment } from '@phone82/runtime';
import type { Psp, PspCharge } from '../usecases/ports.ts';
import type { PspBooks } from './psp-books.ts';

/**
 * How the simulated PSP treats a charge: takes it; declines it; takes it but answers late; takes it and
 * loses the answer; or never receives it.
 */
export type PspBehaviour = 'approve' | 'decline' | 'slow' | 'dropAnswer' | 'dropRequest';

export interface PspSimulator extends Psp {
  /** Sets how the next charges of one order go, or those of every order that has no word of its own. */
  instruct(behaviour: PspBehaviour, orderId?: number): void;
}

const DECLINED = 'REJECT_CARD_PAYMENT';
const SLOW_MS = 1_500;

/** A PSP inside pay, with durable books of its own. */
export function createPspSimulator(books: PspBooks, environment: Environment): PspSimulator {
  const behaviours = new Map<number, PspBehaviour>();
  let usual: PspBehaviour = 'approve';

  const charge: Psp['charge'] = async ({ orderId, amount }) => {
    const behaviour = behaviours.get(orderId) ?? usual;
    if (behaviour === 'dropRequest') return { kind: 'lost' };
    const declineCode = behaviour === 'decline' ? DECLINED : null;
    const isNew = await books.enterCharge(orderId, amount, declineCode, environment.now());
    if (behaviour === 'dropAnswer') return { kind: 'lost' };
    if (behaviour === 'slow') await environment.sleep(SLOW_MS);
    if (isNew && declineCode === null) return { kind: 'charged' };
    // Entered before, perhaps under another behaviour: the books decide.
    return (await books.charge(orderId)) as PspCharge;
  };

  return {
    charge,
    lookUp: books.charge,
    refund: async ({ orderId, amount }) => {
      await books.enterRefund(orderId, amount, environment.now());
      return 'done';
    },
    instruct: (behaviour, orderId) => {
      if (orderId === undefined) usual = behaviour;
      else behaviours.set(orderId, behaviour);
    },
  };
}
