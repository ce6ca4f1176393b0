import { defineTransitions } from '@phone82/state-machine';
import type { MileageState } from './mileage.ts';

export type MileageCommand = 'grant' | 'cancel';

export const mileageTransitions = defineTransitions<MileageState, MileageCommand>(
  {
    Absent: {
      grant: { to: 'Granted', emits: ['PromoCompleted'] },
      cancel: { to: 'Cancelled', emits: ['PromoCancelled'] },
    },
    Granted: { grant: 'stay', cancel: { to: 'Cancelled', emits: ['PromoCancelled'] } },
    Cancelled: { grant: 'stay', cancel: 'stay' },
  },
  { initial: 'Absent', final: ['Cancelled'] },
);
