import type { Aggregate } from '@phone82/persistence';
import type { Connection } from '../storage/connection.ts';
import type { SimulatedDatabase } from '../storage/simulated-database.ts';
import { simulatedIdempotencyStore } from '../storage/simulated-idempotency-store.ts';
import { simulatedOutbox } from '../storage/simulated-outbox.ts';
import { simulatedDeadLetterReader } from '../storage/simulated-readers.ts';

/** What every service keeps in its database beside its records. */
export function storageOf<A extends Aggregate>(database: SimulatedDatabase<A>, connection: Connection) {
  return {
    outbox: simulatedOutbox(database, connection),
    letters: simulatedDeadLetterReader(database, connection),
    idempotency: simulatedIdempotencyStore(database, connection),
  };
}
