import { TOPIC, type WireRecord } from '@phone82/contracts';
import { type Span, type Tracer, wellFormed } from '@phone82/telemetry';
import type { EventBus } from './event-bus.ts';

/** Publishes records, each within a span of its own below what caused it: of a batch, every event has its own cause. */
export async function publishTraced(
  bus: Pick<EventBus, 'publish'>,
  records: readonly WireRecord[],
  tracer: Tracer | undefined,
): Promise<void> {
  if (!tracer) return bus.publish(records);
  const spans = records.map((record) => startSpan(tracer, record));
  const end = (error?: string) => {
    for (const span of spans) span.end({ error });
  };
  try {
    await bus.publish(records.map((record, index) => causedBy(record, spans[index])));
    end();
  } catch (error) {
    end('not published');
    throw error;
  }
}

function startSpan(tracer: Tracer, { headers }: WireRecord): Span {
  return tracer.start({
    name: `send ${TOPIC}`,
    kind: 'producer',
    parent: wellFormed(headers.traceparent),
    attributes: messageAttributes(headers),
  });
}

const causedBy = (record: WireRecord, span: Span | undefined): WireRecord =>
  span ? { ...record, headers: { ...record.headers, traceparent: span.traceparent } } : record;

const messageAttributes = (headers: WireRecord['headers']) => ({
  'messaging.destination.name': TOPIC,
  'messaging.operation.name': 'send',
  'messaging.message.id': headers.ce_id,
  'messaging.message.conversation_id': headers.ce_correlationid,
  'phone82.event_type': headers.ce_type,
  'phone82.order_id': headers.ce_subject,
});
