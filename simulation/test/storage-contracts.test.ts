import { idempotencyStoreContract, type Tally, tallyMapping, unitOfWorkContract } from '@phone82/testkit';
import { createSimulatedDatabase } from '../src/storage/simulated-database.ts';
import { simulatedIdempotencyStore } from '../src/storage/simulated-idempotency-store.ts';
import { simulatedOutbox } from '../src/storage/simulated-outbox.ts';
import { simulatedReader } from '../src/storage/simulated-readers.ts';
import { simulatedUnitOfWork } from '../src/storage/simulated-unit-of-work.ts';
import { startQuietWorld } from './quiet-world.ts';

// The log server of the simulation passes the contract of the bus in packages/messaging.

for (const isEmbedded of [true, false])
  unitOfWorkContract(`simulated ${isEmbedded ? 'file' : 'server'}`, async () => {
    const { connection, close } = startQuietWorld();
    const database = createSimulatedDatabase<Tally>('tallies', { isEmbedded });
    return {
      unitOfWork: simulatedUnitOfWork(database, 'test', connection),
      reader: simulatedReader(database, tallyMapping, connection),
      outbox: simulatedOutbox(database, connection),
      close,
    };
  });

idempotencyStoreContract('simulated', async () => {
  const { connection, advance, close } = startQuietWorld();
  const database = createSimulatedDatabase<Tally>('tallies', { isEmbedded: false });
  return { store: simulatedIdempotencyStore(database, connection), advance, close };
});
