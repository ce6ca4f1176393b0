import { TOPIC } from '@phone82/contracts';
import { type ForeignRecord, textRecord } from '@phone82/testkit';
import { Producer } from '@platformatic/kafka';
import { busOf } from '../foreign-sender.ts';
import type { SystemUnderTest } from '../system-under-test.ts';

export type BusName = 'embedded' | 'kafka';

/** Where a foreign sender puts its records. */
export interface RecordSink {
  /** Whether the log can hold a record at all: the embedded one has no tombstones. */
  takes(record: ForeignRecord): boolean;
  send(records: readonly ForeignRecord[]): Promise<void>;
  close(): Promise<void>;
}

const KAFKA_PORT = 8079;

/** The log of a running system. */
export async function openSink(system: SystemUnderTest, bus: BusName): Promise<RecordSink> {
  return bus === 'kafka' ? kafkaSink(system) : embeddedSink(system);
}

async function embeddedSink(system: SystemUnderTest): Promise<RecordSink> {
  const bus = await busOf(system);
  return {
    takes: ({ value }) => value !== null,
    send: (records) => bus.publish(records.flatMap((record) => textRecord(record) ?? [])),
    close: () => bus.close(),
  };
}

function kafkaSink({ offset }: SystemUnderTest): RecordSink {
  const producer = new Producer({
    clientId: 'foreign',
    bootstrapBrokers: [`127.0.0.1:${KAFKA_PORT + offset}`],
  });
  const messageOf = ({ key, value, headers }: ForeignRecord) => ({
    topic: TOPIC,
    // Without a key: anywhere. The library takes undefined, not null.
    ...(key && { key }),
    ...(value && { value }),
    headers: new Map(Object.entries(headers).map(([name, bytes]) => [Buffer.from(name), bytes])),
  });
  return {
    takes: () => true,
    send: async (records) => {
      for (const some of inRequests(records)) await producer.send({ messages: some.map(messageOf) });
    },
    close: () => producer.close(true),
  };
}

/** A broker takes a megabyte of each partition at once. */
const MOST_BYTES = 900_000;

function* inRequests(records: readonly ForeignRecord[]): Generator<readonly ForeignRecord[]> {
  let some: ForeignRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOf(record);
    if (some.length > 0 && bytes + size > MOST_BYTES) {
      yield some;
      some = [];
      bytes = 0;
    }
    some.push(record);
    bytes += size;
  }
  yield some;
}

const sizeOf = ({ key, value, headers }: ForeignRecord) =>
  [key, value, ...Object.values(headers)].reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);
