import Type from 'typebox';

const text = (description: string) => Type.String({ description });

/** The headers of a record: a CloudEvent in binary mode, and what ties it to its cause. */
export const CloudEventHeaders = Type.Object(
  {
    'content-type': Type.Literal('application/json'),
    ce_specversion: Type.Literal('1.0'),
    ce_id: text('The message; the same id from the same source is the same message'),
    ce_source: text('The service that published it'),
    ce_type: text("The event's name"),
    ce_subject: text("The order's id, as the key"),
    ce_time: text('When it happened, ISO 8601 in UTC'),
    ce_correlationid: text('The request that everything began with'),
    ce_causationid: Type.Optional(text('The message whose handling published this one')),
    traceparent: Type.Optional(text('W3C trace context')),
  },
  {
    title: 'CloudEventHeaders',
    description:
      'What phone82 sends. A record without them (a Java service sends none) is accepted: topic, partition and offset identify it.',
  },
);
