import type { System } from '../system.ts';
import { type BusChoice, busOf, rememberBus } from './bus.ts';
import { rememberStoreDatabase, type StoreDatabaseChoice, storeDatabaseOf } from './store-database.ts';

/** What a system is begun with, and stays with. */
export interface Choices {
  readonly bus: BusChoice;
  readonly storeDatabase: StoreDatabaseChoice;
}

/** @throws Fault where the caller wants something else than the data folder has. */
export async function choicesOf(system: System): Promise<Choices> {
  const [bus, storeDatabase] = await Promise.all([busOf(system), storeDatabaseOf(system)]);
  return { bus, storeDatabase };
}

export async function rememberChoices(system: System, { bus, storeDatabase }: Choices): Promise<void> {
  await Promise.all([rememberBus(system, bus), rememberStoreDatabase(system, storeDatabase)]);
}
