import { Fault, UsageFault } from '../faults.ts';
import type { System } from '../system.ts';
import { holds, remember, remembered, STAY } from './remembered.ts';

/** Where the log of a data folder is: in its PostgreSQL, in a Kafka of its own, or in one that was there before. */
export type BusChoice =
  | { readonly bus: 'embedded' }
  | { readonly bus: 'kafka'; readonly brokers?: string | undefined };

const FILE = 'bus.json';
const DEFAULT: BusChoice = { bus: 'embedded' };

/**
 * What `up` was told, by --bus or PHONE82_BUS, and KAFKA_BROKERS; told nothing, what the data folder has.
 * @throws Fault where it is not what the folder has: its events are in the other log, and would be missing.
 */
export async function busOf({ home, environment }: System): Promise<BusChoice> {
  const present = await presentIn(home);
  const wanted = wantedBy(environment) ?? present ?? DEFAULT;
  if (present && kindOf(present) !== kindOf(wanted)) {
    throw new Fault(`The events in ${home} are in ${kindOf(present)}, not in ${kindOf(wanted)}: ${STAY}`);
  }
  return wanted;
}

export const rememberBus = ({ home }: System, choice: BusChoice) => remember(home, FILE, choice);

/** A folder without the note, but with data, is of a phone82 that knew no other log. */
async function presentIn(home: string): Promise<BusChoice | undefined> {
  const note = await remembered<BusChoice>(home, FILE);
  if (note) return note;
  return (await holds(home, 'postgres', 'cluster', 'PG_VERSION')) ? DEFAULT : undefined;
}

function wantedBy({ PHONE82_BUS: bus, KAFKA_BROKERS: brokers }: NodeJS.ProcessEnv): BusChoice | undefined {
  if (!bus) return undefined;
  if (bus === 'embedded') return { bus };
  if (bus === 'kafka') return brokers ? { bus, brokers } : { bus };
  throw new UsageFault(`There is no bus "${bus}": name embedded or kafka.`);
}

const kindOf = (choice: BusChoice) =>
  choice.bus === 'embedded'
    ? 'its PostgreSQL (--bus embedded)'
    : choice.brokers
      ? 'the Kafka that KAFKA_BROKERS named (--bus kafka)'
      : 'its own Kafka (--bus kafka, without KAFKA_BROKERS)';
