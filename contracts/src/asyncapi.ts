import { encodeEvent, TOPIC } from './cloud-event.ts';
import { CloudEventHeaders } from './cloud-event-headers.ts';
import { eventGuide } from './event-guide.ts';
import { type EventType, events } from './events/index.ts';

const names = Object.keys(events) as EventType[];
const channelMessage = (name: string) => ({ $ref: `#/channels/${TOPIC}/messages/${name}` });

/** The events of the whole system as AsyncAPI 3.0: who sends and receives what, with an example each. */
export function asyncapiDocument() {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'phone82 events',
      version: '0.1.0',
      description:
        'What the services tell each other. Records of one order share a key, its id, and keep their order.\n\n' +
        '서비스들이 서로에게 알리는 사건입니다. 한 주문의 기록은 주문 번호를 키로 하며 순서가 지켜집니다.',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    defaultContentType: 'application/json',
    channels: { [TOPIC]: channel() },
    operations: Object.fromEntries([...sends(), ...receives()]),
    components: {
      messages: Object.fromEntries(names.map((name) => [name, message(name)])),
      schemas: {
        ...Object.fromEntries(names.map((name) => [name, events[name].schema])),
        CloudEventHeaders,
      },
    },
  };
}

function channel() {
  return {
    address: TOPIC,
    description: 'The one topic, keyed by order id. | 주문 번호를 키로 하는 하나뿐인 토픽입니다.',
    messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
  };
}

function message(name: EventType) {
  const { description = name } = events[name].schema as { description?: string };
  const { headers, value } = encodeEvent(eventGuide[name].example, events[name].from, {
    messageId: '0d9c1a52-6a0e-4a57-9c62-3f2b8f6f5c11',
    occurredAt: Date.UTC(2026, 0, 5, 1, 30),
    correlationId: '7f1d7c0e-2f53-4f0b-8a1e-6b1f6a6f9a20',
  });
  return {
    name,
    title: name,
    summary: description,
    description: `${description}\n\n${eventGuide[name].ko}`,
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/CloudEventHeaders' },
    payload: { $ref: `#/components/schemas/${name}` },
    bindings: { kafka: { key: { type: 'string', description: "The order's id" }, bindingVersion: '0.5.0' } },
    examples: [{ name, summary: description, headers, payload: JSON.parse(value) as object }],
  };
}

const sends = () => operations('send', (name) => [events[name].from]);
const receives = () => operations('receive', (name) => eventGuide[name].to);

/** One operation per service that takes part: `appSends`, `storeReceives`. */
function operations(action: 'send' | 'receive', servicesOf: (name: EventType) => readonly string[]) {
  const services = [...new Set(names.flatMap(servicesOf))];
  return services.map((service) => {
    const messages = names.filter((name) => servicesOf(name).includes(service));
    return [
      `${service}${action === 'send' ? 'Sends' : 'Receives'}`,
      {
        action,
        channel: { $ref: `#/channels/${TOPIC}` },
        summary: `${service} ${action}s ${messages.join(', ')}`,
        messages: messages.map(channelMessage),
      },
    ] as const;
  });
}
