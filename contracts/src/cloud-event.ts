import { Compile, type Validator } from 'typebox/compile';
import { type EventType, events, orderIdOf, type PhoneEvent } from './events/index.ts';
import { fromSeoulTimestamp, toSeoulTimestamp } from './seoul-time.ts';

/** The topic that every event travels on. */
export const TOPIC = 'phoneseller';

/** A record as a bus carries it: the JSON text, the order id as key, headers beside it. */
export interface WireRecord {
  readonly key: string | null;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What identifies a message and ties it to the request and the message that caused it. */
export interface MessageContext {
  readonly messageId: string;
  readonly occurredAt: number;
  readonly correlationId: string;
  readonly causationId?: string | undefined;
  readonly traceparent?: string | undefined;
}

export type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An event before it is stamped with its time. */
export type EventBody = DistributiveOmit<PhoneEvent, 'timestamp'>;

/** An event as a CloudEvent in binary mode: the flat JSON is the value, the attributes are `ce_*` headers. */
export function encodeEvent(event: EventBody, source: string, context: MessageContext): WireRecord {
  const orderId = String(orderIdOf(event as PhoneEvent));
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: context.messageId,
    ce_source: source,
    ce_type: event.eventType,
    ce_subject: orderId,
    ce_time: new Date(context.occurredAt).toISOString(),
    ce_correlationid: context.correlationId,
  };
  if (context.causationId) headers.ce_causationid = context.causationId;
  if (context.traceparent) headers.traceparent = context.traceparent;
  const value = JSON.stringify({ ...event, timestamp: toSeoulTimestamp(context.occurredAt) });
  return { key: orderId, value, headers };
}

/** Where a record stood in the log: the identity of a record whose sender gave it none. */
export interface LogPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export type DecodedRecord =
  | {
      readonly kind: 'event';
      readonly event: PhoneEvent;
      readonly orderId: number;
      readonly context: MessageContext;
    }
  | { readonly kind: 'unknownType'; readonly eventType: string }
  | {
      readonly kind: 'malformed';
      readonly messageId: string;
      readonly orderId: number | undefined;
      readonly reason: string;
    };

const validators = new Map<string, Validator>(
  Object.entries(events).map(([name, { schema }]) => [name, Compile(schema) as Validator]),
);

/**
 * Reads a record of ours or of a Java service (flat JSON, no key, no headers).
 * Never throws: what cannot be read comes back as `malformed` with the reason.
 */
export function decodeRecord(record: WireRecord, position: LogPosition): DecodedRecord {
  const messageId = record.headers.ce_id ?? `${position.topic}-${position.partition}-${position.offset}`;
  const json = parseObject(record.value);
  if (!json)
    return {
      kind: 'malformed',
      messageId,
      orderId: keyAsOrderId(record),
      reason: 'the value is not a JSON object',
    };
  const eventType = String(json.eventType ?? record.headers.ce_type ?? '');
  const validator = validators.get(eventType);
  if (!validator) return { kind: 'unknownType', eventType };
  const candidate = { ...json, eventType };
  if (!validator.Check(candidate)) {
    const [first] = validator.Errors(candidate);
    const reason = `${eventType}${first?.instancePath ?? ''}: ${first?.message ?? 'does not fit its schema'}`;
    return { kind: 'malformed', messageId, orderId: keyAsOrderId(record), reason };
  }
  const event = candidate as unknown as PhoneEvent;
  return { kind: 'event', event, orderId: orderIdOf(event), context: contextOf(record, event, messageId) };
}

function contextOf(record: WireRecord, event: PhoneEvent, messageId: string): MessageContext {
  const stamped = record.headers.ce_time
    ? Date.parse(record.headers.ce_time)
    : fromSeoulTimestamp(event.timestamp ?? '');
  return {
    messageId,
    occurredAt: Number.isNaN(stamped) ? 0 : stamped,
    correlationId: record.headers.ce_correlationid ?? messageId,
    causationId: record.headers.ce_causationid,
    traceparent: record.headers.traceparent,
  };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function keyAsOrderId(record: WireRecord): number | undefined {
  const id = Number(record.key ?? Number.NaN);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

export function isEventType(name: string): name is EventType {
  return Object.hasOwn(events, name);
}
