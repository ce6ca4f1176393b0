import type { Chance } from './chance.ts';
import type { Conversation, Delivery, Element, Intent } from './element.ts';
import { extraLines, hostLines } from './fields.ts';
import { brokenFraming, type Framed, wellFramed } from './framing.ts';
import { operatorTarget, targetFor } from './targets.ts';

/** What is asked for, before it is written down. */
interface Wish {
  readonly intent: Intent;
  readonly method: string;
  readonly target: string;
  readonly body: string | undefined;
  readonly lines: readonly string[];
}

export interface PlanOptions {
  readonly chance: Chance;
  /** A key that no other request has. */
  freshKey(): string;
  /** An order that nobody has asked to cancel; undefined once there is none left. */
  orderToCancel(): number | undefined;
  /** A number that no order has, for a charge that nobody should be able to make. */
  freshPaymentId(): number;
}

const JSON_TYPE = 'Content-Type: application/json';
const orders = ['{"item":"LG10","qty":1}', '{"item":"test88","qty":"2"}', '{ "qty": 3, "item": "LG10" }'];
const oddBodies = [
  ...[
    '',
    ' ',
    '{',
    '[]',
    'null',
    '1',
    '"x"',
    '{"item":"LG10","qty":0}',
    '{"item":"LG10","qty":1e400}',
    '{"item":"nope","qty":1}',
  ],
  ...[
    '{"item":"LG10","qty":1,"x":1}',
    '{"item":"LG10","qty":1,"item":"LG10"}',
    '{"__proto__":{},"item":"LG10","qty":1}',
    '\xff\xfe',
    '\0',
  ],
  `{"item":"${'x'.repeat(17_000)}","qty":1}`,
];
const oddTypes = [
  'text/plain',
  'application/json; charset=x',
  'application/hal+json',
  ';;;',
  'multipart/form-data',
  'application/JSON',
];
const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'QUERY',
  'PROPFIND',
  'LOCK',
];
/** No methods that a server knows. `CONNECT` asks for another kind of connection. */
const oddMethods = ['get', 'FOO', 'CONNECT'];
const paths = [
  '/orders',
  '/orders/1',
  '/orders/2',
  '/items',
  '/payments',
  '/payments/1',
  '/customers',
  '/customers/1',
  '/storeManages/1',
  '/marketings',
  '/healthz',
  '/openapi.json',
  '/nowhere',
];

function wishOf({ chance, freshKey, orderToCancel, freshPaymentId }: PlanOptions): Wish {
  const draw = chance.next();
  const typed = chance.happens(0.9) ? JSON_TYPE : `Content-Type: ${chance.pick(oddTypes)}`;
  if (draw < 0.4) {
    const key = freshKey();
    const body = chance.happens(0.75) ? chance.pick(orders) : chance.pick(oddBodies);
    return {
      intent: { kind: 'order', key },
      method: 'POST',
      target: targetFor('/orders', chance),
      body,
      lines: [typed, `Idempotency-Key: ${key}`],
    };
  }
  const orderId = draw < 0.46 ? orderToCancel() : undefined;
  if (orderId !== undefined)
    return {
      intent: { kind: 'cancel', orderId },
      method: 'PATCH',
      target: targetFor(`/orders/${orderId}`, chance),
      body: '{"status":"cancel"}',
      lines: [typed],
    };
  if (draw < 0.49) {
    const id = freshPaymentId();
    return {
      intent: { kind: 'charge', orderId: id },
      method: 'POST',
      target: targetFor('/payments', chance),
      body: `{"orderId":${id},"price":-${1 + chance.below(99)}}`,
      lines: [typed],
    };
  }
  const target = draw < 0.75 ? operatorTarget(chance) : targetFor(chance.pick(paths), chance);
  const body = chance.happens(0.3) ? chance.pick(oddBodies) : undefined;
  const usual = draw < 0.75 ? ['GET', 'POST', ...methods] : methods;
  return {
    intent: { kind: 'other' },
    method: chance.happens(0.03)
      ? chance.pick(oddMethods)
      : chance.pick(chance.happens(0.5) ? usual.slice(0, 2) : usual),
    target,
    body,
    lines: chance.happens(0.3) ? [typed] : [],
  };
}

const versions = ['HTTP/1.0', 'HTTP/1.2', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1', 'http/1.1', 'HTPP/1.1', ''];

function written({ intent, method, target, body, lines }: Wish, mayBreak: boolean, chance: Chance): Element {
  const none: Framed = { lines: [], body: '', isBroken: false };
  const breaks = mayBreak && chance.happens(0.2);
  const framed = breaks
    ? brokenFraming(body ?? 'x', chance)
    : body === undefined
      ? none
      : wellFramed(body, chance);
  const extra = mayBreak ? extraLines(chance) : { lines: [], isBroken: false };
  const oddVersion = mayBreak && chance.happens(0.03);
  const version = oddVersion ? chance.pick(versions) : 'HTTP/1.1';
  const head = [
    `${method} ${target} ${version}`,
    ...hostLines(chance),
    ...lines,
    ...extra.lines,
    ...framed.lines,
  ];
  const lineEnd = mayBreak && chance.happens(0.02) ? '\n' : '\r\n';
  const isBroken =
    framed.isBroken ||
    extra.isBroken ||
    oddVersion ||
    lineEnd === '\n' ||
    oddMethods.includes(method) ||
    / |[^!-~]/.test(target);
  return { intent, method, bytes: `${head.join(lineEnd)}${lineEnd}${lineEnd}${framed.body}`, isBroken };
}

/** One connection: a few requests, the last of which may be broken, or have something behind it. */
export function planConversation(options: PlanOptions): Conversation {
  const { chance } = options;
  const count = chance.happens(0.5) ? 1 : 1 + chance.below(4);
  const elements = Array.from({ length: count }, (_, at) => {
    const wish = wishOf(options);
    return written(wish, at === count - 1 || chance.happens(0.05), chance);
  });
  return { elements, delivery: deliveryOf(chance) };
}

function deliveryOf(chance: Chance): Delivery {
  const pieces = chance.happens(0.8) ? 1 : 2 + chance.below(6);
  const leavesAfter = chance.happens(0.08) ? chance.pick([0.3, 0.7, 0.95, 1]) : undefined;
  return { pieces, pauseMs: chance.pick([0, 1, 5, 40]), leavesAfter };
}
