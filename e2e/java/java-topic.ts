import { TOPIC } from '@phone82/contracts';
import { Consumer, Producer } from '@platformatic/kafka';

export type JavaEvent = { readonly eventType: string } & Readonly<Record<string, unknown>>;
export type JavaListeners = Readonly<Record<string, (event: JavaEvent) => Promise<void>>>;

/** The topic as spring-cloud-stream on client 2.0.1 uses it. */
export interface JavaTopic {
  publish(...events: readonly JavaEvent[]): Promise<void>;
  close(): Promise<void>;
}

const RETRIES = 3;

/**
 * Joins the group of a service with the range assignor, and hands each event to its listener; one that throws three times is
 * dropped. Events are published without key, as flat JSON with doubles.
 */
export async function openJavaTopic(
  brokers: string,
  groupId: string,
  listeners: JavaListeners,
): Promise<JavaTopic> {
  const client = { clientId: `java-${groupId}`, bootstrapBrokers: [brokers] };
  const producer = new Producer(client);
  const consumer = new Consumer({
    ...client,
    groupId,
    protocols: [{ name: 'range', version: 0 }],
    sessionTimeout: 6_000,
    heartbeatInterval: 500,
    autocommit: 100,
  });
  const stream = await consumer.consume({ topics: [TOPIC], mode: 'committed', fallbackMode: 'earliest' });
  const reading = (async () => {
    for await (const { value } of stream) {
      const event = parsed(value);
      const listener = event && listeners[event.eventType];
      if (listener) await tried(() => listener(event));
    }
  })();
  reading.catch(() => undefined);
  return {
    publish: async (...events) => {
      const messages = events.map((event) => ({
        topic: TOPIC,
        value: Buffer.from(javaJson(event)),
        headers: new Map([[Buffer.from('contentType'), Buffer.from('application/json')]]),
      }));
      if (messages.length > 0) await producer.send({ messages });
    },
    close: async () => {
      await stream.close();
      await reading.catch(() => undefined);
      await consumer.close(true);
      await producer.close(true);
    },
  };
}

async function tried(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt <= RETRIES; attempt++)
    try {
      return await work();
    } catch {
      // Tried again, then dropped.
    }
}

function parsed(value: Buffer | undefined): JavaEvent | undefined {
  try {
    return JSON.parse(String(value)) as JavaEvent;
  } catch {
    return undefined;
  }
}

/** Jackson writes a `Double` with its fraction, and every field that is not set as null. */
export const javaJson = (value: object): string =>
  JSON.stringify(value).replaceAll(/"(price|point)":(\d+)(?=[,}])/g, '"$1":$2.0');

/** `SimpleDateFormat("YYYYMMddHHmmss")` in a process whose time zone is UTC. */
export const javaTimestamp = (at = new Date()): string => at.toISOString().replaceAll(/\D/g, '').slice(0, 14);
