import { defineTransitions } from '@phone82/state-machine';
import type { MileageState } from './mileage.ts';

/**
 * grant: PayCompleted arrived · postpone: the same, from the backlog · grantDue: the backlog is read · cancel: pay took the payment back
 * noteGranted, noteCancelled: another implementation, or this one in an earlier life, granted or took back
 */
export type MileageCommand = 'grant' | 'postpone' | 'grantDue' | 'cancel' | 'noteGranted' | 'noteCancelled';

const cancels = {
  cancel: { to: 'Cancelled', emits: ['PromoCancelled'] },
  noteCancelled: { to: 'Cancelled' },
} as const;

export const mileageTransitions = defineTransitions<MileageState, MileageCommand>(
  {
    Absent: {
      ...cancels,
      grant: { to: 'Granted', emits: ['PromoCompleted'] },
      postpone: { to: 'Due' },
      grantDue: 'stay',
      noteGranted: { to: 'Granted' },
    },
    Due: {
      ...cancels,
      // The grant or its cancel may stand later in the backlog: only who has read all of it grants.
      grant: 'stay',
      postpone: 'stay',
      grantDue: { to: 'Granted', emits: ['PromoCompleted'] },
      noteGranted: { to: 'Granted' },
    },
    Granted: { ...cancels, grant: 'stay', postpone: 'stay', grantDue: 'stay', noteGranted: 'stay' },
    Cancelled: {
      grant: 'stay',
      postpone: 'stay',
      grantDue: 'stay',
      cancel: 'stay',
      noteGranted: 'stay',
      noteCancelled: 'stay',
    },
  },
  { initial: 'Absent', final: ['Cancelled'] },
);
