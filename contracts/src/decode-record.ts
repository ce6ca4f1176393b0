import { Compile, type Validator } from 'typebox/compile';
import type { MessageContext } from './cloud-event.ts';
import { identityOf } from './event-identity.ts';
import { occurredAtOf } from './event-time.ts';
import { envelopeFields } from './events/envelope.ts';
import { type EventType, events, orderIdOf, type PhoneEvent } from './events/index.ts';
import { headerOf, type LogPosition, type ReceivedRecord, type WireRecord } from './wire-record.ts';

export type DecodedRecord =
  | {
      readonly kind: 'event';
      readonly event: PhoneEvent;
      readonly orderId: number;
      readonly context: MessageContext;
    }
  /** No value at all: no event, whatever the key. */
  | { readonly kind: 'tombstone' }
  | { readonly kind: 'unknownType'; readonly eventType: string }
  | {
      readonly kind: 'malformed';
      readonly messageId: string;
      readonly orderId: number | undefined;
      /** The type that the record says it has; empty where it says none. */
      readonly eventType: EventType | '';
      readonly reason: string;
    };

const validators = new Map<string, Validator>(
  Object.entries(events).map(([name, { schema }]) => [name, Compile(schema) as Validator]),
);

/**
 * Reads a record of ours or of a Java service (flat JSON, no key, no headers).
 * Never throws: what cannot be read comes back as `malformed` with the reason.
 */
export function decodeRecord(record: ReceivedRecord, position: LogPosition): DecodedRecord {
  try {
    const { value } = record;
    return value === null ? { kind: 'tombstone' } : read({ ...record, value }, position);
  } catch (error) {
    const { topic, partition, offset } = position;
    const messageId = `${topic}-${partition}-${offset}`;
    return {
      kind: 'malformed',
      messageId,
      orderId: undefined,
      eventType: '',
      reason: `unreadable: ${error}`,
    };
  }
}

function read(record: WireRecord, position: LogPosition): DecodedRecord {
  const messageId = identityOf(record, position);
  const json = parseObject(record.value);
  const eventType = headerOf(record.headers, 'ce_type') || textOf(json?.eventType);
  const malformed = (reason: string) => {
    const claimed = eventType as EventType | '';
    return {
      kind: 'malformed',
      messageId,
      orderId: keyAsOrderId(record),
      eventType: claimed,
      reason,
    } as const;
  };
  const validator = validators.get(eventType);
  if (eventType && !validator) return { kind: 'unknownType', eventType };
  if (!json) return malformed('the value is not a JSON object');
  if (!validator) return { kind: 'unknownType', eventType };
  // A log chooses records by the header: a group must not act on another type than the one it asked for.
  if (textOf(json.eventType ?? eventType) !== eventType)
    return malformed(`${eventType}: ce_type and eventType differ`);
  const candidate = withoutEmptyEnvelope({ ...json, eventType });
  if (!validator.Check(candidate)) {
    const [first] = validator.Errors(candidate);
    return malformed(
      `${eventType}${first?.instancePath ?? ''}: ${first?.message ?? 'does not fit its schema'}`,
    );
  }
  const event = candidate as unknown as PhoneEvent;
  const context = contextOf(record, position, event, messageId);
  return { kind: 'event', event, orderId: orderIdOf(event), context };
}

/** Java beans write null for what they do not know; handlers find it absent. */
function withoutEmptyEnvelope(json: Record<string, unknown>): Record<string, unknown> {
  for (const field of envelopeFields) if (json[field] === null) delete json[field];
  return json;
}

const VISIBLE = /^[\x21-\x7e]{1,128}$/;

/** What ties the message to its cause. It is stored and sent on, so a header that does not fit counts as absent. */
function contextOf(
  { headers }: WireRecord,
  position: LogPosition,
  event: PhoneEvent,
  messageId: string,
): MessageContext {
  const visible = (name: string) => {
    const text = headerOf(headers, name);
    return VISIBLE.test(text) ? text : undefined;
  };
  return {
    messageId,
    occurredAt: occurredAtOf({ headers }, position, event.timestamp),
    correlationId: visible('ce_correlationid') ?? messageId,
    causationId: visible('ce_causationid'),
    traceparent: visible('traceparent'),
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

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function keyAsOrderId({ key }: WireRecord): number | undefined {
  const id = Number(/^[1-9]\d{0,15}$/.exec(textOf(key))?.[0]);
  return Number.isSafeInteger(id) ? id : undefined;
}
