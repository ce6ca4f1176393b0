import type { WireRecord } from '@phone82/contracts';
import type { LoggedRecord } from '@phone82/messaging';
import { foreignRecords, textRecord } from '@phone82/testkit';
import type { Chance } from '../engine/chance.ts';
import type { World } from './world.ts';

const EVERY_MS = 200;

/** What can be wrong with a log itself: records twice, records that nobody can read, offsets of yesterday. */
export function disturbLog(world: World, chance: Chance): void {
  const { scheduler, faults, log } = world;
  const unreadable = unreadableRecords(chance);
  const turn = () => {
    if (faults.isOver) return;
    const partition = chance.below(log.records.length);
    const records = log.records[partition] as LoggedRecord[];
    const group = chance.pick([...log.groups.values()]);
    const owned = group?.owners[partition];
    // As by a relay that knows no keys: whoever reads that partition first sees it out of turn.
    if (records.length > 0 && faults.strikes('record copied to another partition'))
      void log.append([{ ...(records.at(-1) as LoggedRecord), partition: chance.below(log.records.length) }]);
    if (records.length > 0 && faults.strikes('record in the log twice'))
      void log.append([{ ...chance.pick(records), partition }]);
    if (records.length > 0 && faults.strikes('unreadable record in the log'))
      void log.append([{ ...unreadable(chance.pick(records).key), partition }]);
    if (owned && owned.committed > 0 && faults.strikes('offsets of a group set back'))
      Object.assign(owned, { committed: chance.below(owned.committed), owner: undefined, leaseUntil: 0 });
    scheduler.plan(EVERY_MS, 'log', turn);
  };
  scheduler.plan(EVERY_MS, 'log', turn);
}

/** A half of an event of a real order, whose later events have to wait for it; a type that is no text; any of a foreign sender. */
function unreadableRecords(chance: Chance): (key: string | null) => WireRecord {
  const next = foreignRecords(chance.next);
  const foreign = (): WireRecord => {
    const record = next();
    return (record.fate !== 'handled' && textRecord(record)) || foreign();
  };
  const kinds: readonly ((key: string | null) => WireRecord)[] = [
    (key) => ({ key, value: '{"eventType":"PayCompleted"', headers: { ce_type: 'PayCompleted' } }),
    (key) => ({ key, value: '{"eventType":{"toString":null}}', headers: {} }),
    foreign,
  ];
  return (key) => chance.pick(kinds)(key);
}
