import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Value } from 'typebox/value';
import { asyncapiDocument } from './asyncapi.ts';
import { encodeEvent } from './cloud-event.ts';
import { CloudEventHeaders } from './cloud-event-headers.ts';
import { eventGuide } from './event-guide.ts';
import { type EventType, events } from './events/index.ts';

const document = asyncapiDocument();

describe('the example of', () => {
  for (const name of Object.keys(events) as EventType[]) {
    test(`${name} fits the schemas of its payload and its headers`, () => {
      const [example] = document.components.messages[name]?.examples ?? [];
      assert.ok(Value.Check(events[name].schema, example?.payload), JSON.stringify(example?.payload));
      assert.ok(Value.Check(CloudEventHeaders, example?.headers), JSON.stringify(example?.headers));
    });
  }
});

test('the documented headers are those that a record carries', () => {
  const { headers } = encodeEvent(eventGuide.Ordered.example, 'app', {
    messageId: 'm',
    occurredAt: 0,
    correlationId: 'c',
    causationId: 'b',
    traceparent: 't',
  });
  assert.deepEqual(Object.keys(headers).sort(), Object.keys(CloudEventHeaders.properties).sort());
});

test('a sender and its receivers are operations on the one channel', () => {
  assert.deepEqual(document.operations.payReceives?.messages, [
    { $ref: '#/channels/phoneseller/messages/OrderCancelled' },
  ]);
  assert.deepEqual(document.operations.storeSends?.messages, [
    { $ref: '#/channels/phoneseller/messages/Shipped' },
  ]);
});
