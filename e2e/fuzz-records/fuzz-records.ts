import { type EventType, eventGuide } from '@phone82/contracts';
import { expectedFates, type ForeignRecord, foreignRecords, manualEnvironment } from '@phone82/testkit';
import { newSystem, type SystemUnderTest, succeeded } from '../system-under-test.ts';
import { lettersCanBeSeenTo } from './letters-can-be-seen-to.ts';
import { placeOrders } from './ordinary-orders.ts';
import { type BusName, openSink } from './record-sink.ts';
import { type Receiver, receivers, stateOf, untilRead } from './service-state.ts';

export interface FuzzOptions {
  readonly bus: BusName;
  readonly records: number;
  readonly seed: number;
  /** Least number of ordinary orders. */
  readonly orders: number;
}

export interface Check {
  readonly what: string;
  readonly faults: readonly string[];
}

const LARGEST_BATCH = 500;

/** Puts records of every kind on the log of a system of its own, among ordinary orders, and says what did not come out right. */
export async function fuzzRecords(
  options: FuzzOptions,
  tell: (line: string) => void,
): Promise<readonly Check[]> {
  const system = await newSystem();
  try {
    tell('starting a system of its own');
    succeeded(await system.run('up', '--detach', '--bus', options.bus));
    const orders = placeOrders(system, options.orders);
    const records = await sendAll(system, options, tell);
    const placed = await orders.stop();
    await untilRead(system, tell);
    tell(`${placed} ordinary orders were placed`);
    const checks: Check[] = [{ what: `${placed} ordinary orders end right`, faults: await orders.wrong() }];
    for (const service of receivers) checks.push(...(await checksOf(system, service, records, tell)));
    return checks;
  } finally {
    await system.dispose();
  }
}

async function sendAll(
  system: SystemUnderTest,
  { bus, records: count, seed }: FuzzOptions,
  tell: (line: string) => void,
): Promise<readonly ForeignRecord[]> {
  const { random } = manualEnvironment({ seed });
  const next = foreignRecords(random);
  const sink = await openSink(system, bus);
  const sent: ForeignRecord[] = [];
  let told = 0;
  while (sent.length < count) {
    const size = Math.min(count - sent.length, 1 + Math.floor(random() * LARGEST_BATCH));
    const batch = Array.from({ length: size }, next).filter((record) => sink.takes(record));
    await sink.send(batch);
    sent.push(...batch);
    if (sent.length - told < count / 10) continue;
    told = sent.length;
    tell(`${told} of ${count} records sent`);
  }
  await sink.close();
  return sent;
}

async function checksOf(
  system: SystemUnderTest,
  service: Receiver,
  records: readonly ForeignRecord[],
  tell: (line: string) => void,
): Promise<readonly Check[]> {
  const state = await stateOf(system, service);
  const expected = expectedFates(records, (type: EventType) => eventGuide[type].to.includes(service));
  const skipped = records.length - expected.handled - expected.dead;
  tell(
    `${service}: ${expected.handled} foreign events to handle, ${state.handled} events handled in all; ${state.deadLetters} dead letters; ${skipped} skipped or known`,
  );
  const unless = (isRight: boolean, fault: string) => (isRight ? [] : [fault]);
  return [
    {
      what: `${service}: each record that is broken is a dead letter, and no other`,
      faults: unless(state.deadLetters === expected.dead, `${state.deadLetters} instead of ${expected.dead}`),
    },
    {
      what: `${service}: each event of a foreign sender is handled`,
      faults: unless(state.handled >= expected.handled, `${state.handled} of ${expected.handled}`),
    },
    {
      what: `${service}: is ready, has read everything and stands still nowhere`,
      faults: unless(state.ready && state.lag === 0 && state.stalledSeconds === 0, JSON.stringify(state)),
    },
    {
      what: `${service}: its dead letters can be seen to`,
      faults: await lettersCanBeSeenTo(system, service),
    },
  ];
}
