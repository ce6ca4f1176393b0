import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../faults.ts';
import type { System } from '../system.ts';

/** Where the log of a data folder is: in its PostgreSQL, in a Kafka of its own, or in one that was there before. */
export type BusChoice =
  | { readonly bus: 'embedded' }
  | { readonly bus: 'kafka'; readonly brokers?: string | undefined };

const FILE = 'bus.json';
const DEFAULT: BusChoice = { bus: 'embedded' };

/**
 * What `up` was told, by --bus or PHONE82_BUS, and KAFKA_BROKERS; told nothing, what the data folder has. A new folder
 * remembers it. @throws Fault where it is not what the folder has: its events are in the other log, and would be missing.
 */
export async function chooseBus({ home, environment }: System): Promise<BusChoice> {
  const remembered = await rememberedIn(home);
  const wanted = wantedBy(environment) ?? remembered ?? DEFAULT;
  if (remembered && kindOf(remembered) !== kindOf(wanted)) {
    throw new Fault(
      `The events in ${home} are in ${kindOf(remembered)}, not in ${kindOf(wanted)}: go on with that, ` +
        'choose another folder with PHONE82_HOME, or wipe it with "./phone82 reset".',
    );
  }
  await writeFile(path.join(home, FILE), `${JSON.stringify(wanted)}\n`);
  return wanted;
}

/** A folder without the note, but with data, is of a phone82 that knew no other log. */
async function rememberedIn(home: string): Promise<BusChoice | undefined> {
  const text = await readFile(path.join(home, FILE), 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as BusChoice;
  const hasData = await readFile(path.join(home, 'postgres', 'cluster', 'PG_VERSION')).then(
    () => true,
    () => false,
  );
  return hasData ? DEFAULT : undefined;
}

function wantedBy({ PHONE82_BUS: bus, KAFKA_BROKERS: brokers }: NodeJS.ProcessEnv): BusChoice | undefined {
  if (!bus) return undefined;
  if (bus === 'embedded') return { bus };
  if (bus === 'kafka') return brokers ? { bus, brokers } : { bus };
  throw new Fault(`There is no bus "${bus}": name embedded or kafka.`);
}

const kindOf = (choice: BusChoice) =>
  choice.bus === 'embedded'
    ? 'its PostgreSQL (--bus embedded)'
    : choice.brokers
      ? 'the Kafka that KAFKA_BROKERS named (--bus kafka)'
      : 'its own Kafka (--bus kafka, without KAFKA_BROKERS)';
