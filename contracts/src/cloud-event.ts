import { type EventType, events, orderIdOf, type PhoneEvent } from './events/index.ts';
import { toSeoulTimestamp } from './seoul-time.ts';
import type { WireRecord } from './wire-record.ts';

/** The topic that every event travels on. */
export const TOPIC = 'phoneseller';

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

export function isEventType(name: string): name is EventType {
  return Object.hasOwn(events, name);
}
