import { type EventType, events } from '@phone82/contracts';
import type { Choices } from './chance.ts';

export type Body = Record<string, unknown>;

const types = Object.keys(events) as EventType[];
/** The field that names the order. */
const orderField = (type: EventType): string =>
  type === 'Ordered' || type === 'OrderCancelled' ? 'id' : 'orderId';

const has = (type: EventType, field: string) => field in events[type].schema.properties;

/** A valid event of an order, in all forms that the contract allows, as JSON. */
export function validEvent(orderId: number, choices: Choices): { type: EventType; json: string } {
  const type = choices.pick(types);
  const body: Body = { eventType: type, [orderField(type)]: orderId };
  for (const [field, values] of Object.entries(takenValues))
    if (has(type, field) && field !== orderField(type) && choices.happens(0.6))
      body[field] = choices.pick<unknown>(values);
  const known = JSON.stringify(body);
  const json = choices.happens(0.3) ? withFields(known, choices.pick(unknownFields(type))) : known;
  // Java writes doubles.
  return { type, json: choices.happens(0.5) ? json.replaceAll(/:(\d{4,})(?=[,}])/g, ':$1.0') : json };
}

/** Values that the contract takes, up to its limits. */
const takenValues: Readonly<Record<string, readonly unknown[]>> = {
  id: [null, 1, Number.MAX_SAFE_INTEGER],
  item: [null, '', 'LG10', '📱'.repeat(64), "';--", 'x'.repeat(64)],
  qty: [null, 0, 1, 2_147_483_647],
  status: [null, 'Ordered', 'cancel'],
  store: [null, '강남점'],
  price: [null, 0, 899_000, Number.MAX_SAFE_INTEGER],
  point: [null, 0, 300_000],
  address: [null, '서울시 강남구', 'a'.repeat(255)],
  process: [null, 'Payed', ''],
  customerId: [null, 'demo', 'k'.repeat(64)],
  timestamp: [null, '20260105103007', '20271231235959', '99999999999999'],
};

/** Fields that the contract does not know, and JavaScript might, as JSON. */
const unknownFields = (type: EventType): readonly string[] => [
  '{"__proto__":{"price":-1},"constructor":null}',
  '{"toString":null,"valueOf":{},"hasOwnProperty":1}',
  `{"extra":${'['.repeat(1_000)}${']'.repeat(1_000)}}`,
  orderField(type) === 'id' ? '{"orderId":"not a number"}' : '{"qty":"many"}',
  '{"note":"line\\nfeed \\u0001 \\ud83d"}',
  `{"long":"${'l'.repeat(20_000)}"}`,
];

const withFields = (json: string, fields: string) => `${json.slice(0, -1)},${fields.slice(1)}`;

/** An event of a type of ours that breaks its contract, as JSON. */
export function brokenEvent(orderId: number, choices: Choices): { type: EventType; json: string } {
  const type = choices.pick(types);
  const body: Body = { eventType: type, id: orderId, [orderField(type)]: orderId };
  const fields = Object.keys(refusedValues).filter(
    (field) => has(type, field) && (field !== 'id' || type === 'Ordered' || type === 'OrderCancelled'),
  );
  const field = choices.pick(fields);
  const refused = choices.pick<unknown>(refusedValues[field] ?? []);
  return { type, json: JSON.stringify({ ...body, [field]: refused }).replace('"1e400"', '1e400') };
}

const notAnId = [null, undefined, 'one', '7', 0, -1, 1.5, 2 ** 53, '1e400', {}, [], true, '\0'];
const notAText = [1, {}, [], true, 'x\0y', '\ud800', 'x'.repeat(3_000)];
const notANumber = ['5', -1, 0.5, 1e300, '1e400', {}, [], true];

const refusedValues: Readonly<Record<string, readonly unknown[]>> = {
  id: notAnId,
  orderId: notAnId,
  item: notAText,
  address: notAText,
  status: notAText,
  process: notAText,
  qty: [...notANumber, 2 ** 31],
  price: notANumber,
  point: notANumber,
  customerId: [...notAText, '', 'line\nfeed'],
  timestamp: ['yesterday', 20260105103007, '', '2026010510300７'],
};
