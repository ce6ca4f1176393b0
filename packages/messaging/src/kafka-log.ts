import { Admin, type Connection, ListOffsetTimestamps, ProduceAcks, Producer } from '@platformatic/kafka';
import type { GroupLag } from './event-bus.ts';
import { saysKafka } from './kafka-errors.ts';
import { kafkaHistory } from './kafka-history.ts';
import { committedOffsets, offsetsAt, upTo } from './kafka-offsets.ts';
import { clientOptions, type ResolvedKafkaOptions } from './kafka-options.ts';
import { toMessage } from './kafka-records.ts';
import { withExplainedErrors } from './kafka-refusals.ts';
import type { LogHistory } from './log-history.ts';
import type { LogServer } from './log-server.ts';
import { rememberSuccess } from './remember-success.ts';

const RETRIES_OF_A_BATCH = 3;
const RETRY_MS = 100;
const LOOKS = 50;
const LOOK_EVERY_MS = 100;

/** The topic, as those see it who publish to it or ask about it. */
export interface KafkaLog
  extends Pick<LogServer, 'partitions' | 'append' | 'lag' | 'deleteGroup' | 'ping' | 'close'> {
  /** A connection to a broker on which no request waits for others: the offsets of batches go over it. */
  connectTo(node: number): Promise<Connection>;
  readonly history: LogHistory;
}

export function openKafkaLog(options: ResolvedKafkaOptions): KafkaLog {
  const { topic } = options;
  const admin = new Admin(clientOptions(options));
  // A batch whose answer was lost is sent again under its number, so that the broker takes it once.
  const producer = new Producer({
    ...clientOptions(options),
    idempotent: true,
    acks: ProduceAcks.ALL,
    retries: RETRIES_OF_A_BATCH,
    retryDelay: RETRY_MS,
    repeatOnStaleMetadata: true,
  });
  const partitions = rememberSuccess(() => ensureTopic(admin, options));
  const log: Omit<KafkaLog, 'history'> = {
    partitions,
    append: async (records) => {
      await producer.send({ messages: records.map((record) => toMessage(topic, record)) });
    },
    lag: async (group) => groupLag(admin, topic, group, await partitions()),
    deleteGroup: (group) => deleteGroup(admin, group),
    ping: async () => {
      await partitions();
      await admin.metadata({ topics: [topic], forceUpdate: true });
    },
    connectTo: async (node) => {
      const { brokers } = await admin.metadata({ topics: [topic] });
      const broker = brokers.get(node);
      if (!broker) throw new Error(`the cluster knows no broker ${node}`);
      return admin.connections.get(broker);
    },
    close: async () => {
      await Promise.all([producer.close(true), admin.close()]);
    },
  };
  return {
    ...withExplainedErrors(log, options),
    history: kafkaHistory({ ...options, admin, count: partitions }),
  };
}

/** How many partitions the topic has; makes it where it is missing. */
async function ensureTopic(admin: Admin, options: ResolvedKafkaOptions): Promise<number> {
  const { topic, partitions, replication: replicas } = options;
  const count = async () =>
    (await admin.metadata({ topics: [topic], forceUpdate: true })).topics.get(topic)?.partitionsCount;
  const found = await count().catch(unlessUnknown);
  if (found) return found;
  const configs = settingsOf(options);
  await admin.createTopics({ topics: [topic], partitions, replicas, configs }).catch((error) => {
    // Another process that starts at the same moment was first.
    if (!saysKafka(error, 'TOPIC_ALREADY_EXISTS')) throw error;
  });
  return untilUsable(admin, options, async () => (await count()) ?? 0);
}

const settingsOf = ({ retentionMs, topicSettings }: ResolvedKafkaOptions) =>
  Object.entries({ 'retention.ms': String(retentionMs), ...topicSettings }).map(([name, value]) => ({
    name,
    value,
  }));

/** A topic that was just made is not known to every broker at once, and its partitions have no leader yet. */
async function untilUsable(
  admin: Admin,
  { topic, environment }: ResolvedKafkaOptions,
  count: () => Promise<number>,
): Promise<number> {
  let trouble: unknown = new Error(`the topic ${topic} is not there yet`);
  for (let looks = 0; looks < LOOKS; looks++) {
    try {
      const partitions = await count();
      if (partitions > 0) {
        await offsetsAt(admin, topic, partitions, ListOffsetTimestamps.LATEST);
        return partitions;
      }
    } catch (error) {
      trouble = error;
    }
    await environment.sleep(LOOK_EVERY_MS);
  }
  throw trouble;
}

function unlessUnknown(error: unknown): undefined {
  if (!/Unknown topic/.test(String(error))) throw error;
}

async function groupLag(admin: Admin, topic: string, group: string, count: number): Promise<GroupLag> {
  // What was committed is asked first: what is published meanwhile then counts as unread, not the reverse.
  const committed = await committedOffsets(admin, topic, group, count);
  const [first, end] = await Promise.all([
    offsetsAt(admin, topic, count, ListOffsetTimestamps.EARLIEST),
    offsetsAt(admin, topic, count, ListOffsetTimestamps.LATEST),
  ]);
  const partitions = upTo(count).map((partition) => ({
    partition,
    committed: Math.max(first.get(partition) ?? 0, committed.get(partition) ?? 0),
    end: end.get(partition) ?? 0,
  }));
  return { partitions, total: partitions.reduce((sum, one) => sum + one.end - one.committed, 0) };
}

async function deleteGroup(admin: Admin, group: string): Promise<void> {
  try {
    await admin.deleteGroups({ groups: [group] });
  } catch (error) {
    if (saysKafka(error, 'GROUP_ID_NOT_FOUND')) return;
    if (saysKafka(error, 'NON_EMPTY_GROUP'))
      throw new Error(`the group ${group} still has members`, { cause: error });
    throw error;
  }
}
