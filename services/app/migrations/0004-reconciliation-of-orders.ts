import { createReconciledDays, type Migration } from '@phone82/persistence';

/** The day whose orders were compared with pay's payments last. */
export const reconcileOrders: Migration = { up: createReconciledDays };
