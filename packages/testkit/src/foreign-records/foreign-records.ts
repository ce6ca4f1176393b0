import { type EventType, events } from '@phone82/contracts';
import { type Choices, choicesBy } from './chance.ts';
import { brokenEvent, validEvent } from './event-bodies.ts';
import type { Fate, ForeignRecord } from './foreign-record.ts';

/** Orders of foreign senders: no service of ours numbers so high. Those of valid events and of broken ones are apart. */
const FIRST_VALID = 2_000_000_000;
const FIRST_BROKEN = 3_000_000_000;
const ORDERS = 5_000;

/** Makes records as foreign senders may write them, of every kind; the same ones for the same chance. */
export function foreignRecords(random: () => number): () => ForeignRecord {
  const choices = choicesBy(random);
  const sent: ForeignRecord[] = [];
  const makers: readonly [number, () => ForeignRecord][] = [
    [0.2, () => valid(choices)],
    [0.3, () => broken(choices)],
    [0.2, () => noObject(choices)],
    [0.15, () => ofNoKnownType(choices)],
    [0.05, () => ofTwoTypes(choices)],
    [0.05, () => tombstone(choices)],
  ];
  return () => {
    let place = random();
    for (const [share, make] of makers) {
      place -= share;
      if (place >= 0) continue;
      const record = make();
      if (sent.length < 500) sent.push(record);
      else sent[choices.below(sent.length)] = record;
      return record;
    }
    return sent.length > 0 ? choices.pick(sent) : valid(choices);
  };
}

interface Content {
  readonly key: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly fate: Fate;
  readonly type?: EventType | undefined;
  /** Whether the header says the type. Default: as chance has it. */
  readonly saysType?: string | undefined;
}

function record({ key, value, fate, type, saysType }: Content, choices: Choices): ForeignRecord {
  const headers: Record<string, Buffer> = { ...strangeHeaders(choices) };
  const identity = giveIdentity(headers, choices);
  const header = saysType ?? (type && choices.happens(0.5) ? type : undefined);
  if (header !== undefined) headers.ce_type = Buffer.from(header);
  return { key: bytesOf(key), value: bytesOf(value), headers, fate, eventType: type, identity };
}

const bytesOf = (content: string | Buffer | null) => (content === null ? null : Buffer.from(content));

function valid(choices: Choices): ForeignRecord {
  const orderId = FIRST_VALID + choices.below(ORDERS);
  const { type, json } = validEvent(orderId, choices);
  return record({ key: choices.pick([String(orderId), null]), value: json, fate: 'handled', type }, choices);
}

function broken(choices: Choices): ForeignRecord {
  const orderId = FIRST_BROKEN + choices.below(ORDERS);
  const { type, json } = brokenEvent(orderId, choices);
  return record({ key: keyOf(orderId, choices), value: json, fate: 'dead', type }, choices);
}

/** Broken events have every kind of key; those that look like the number of another order are no numbers. */
const keyOf = (orderId: number, choices: Choices): string | Buffer | null =>
  choices.pick([String(orderId), null, '', 'x', '0x1', '1e0', ' 1', '01', '1\0', Buffer.from([0xff, 0x31])]);

function noObject(choices: Choices): ForeignRecord {
  const orderId = FIRST_BROKEN + choices.below(ORDERS);
  const type = choices.happens(0.3) ? choices.pick(Object.keys(events) as EventType[]) : undefined;
  const value = choices.pick<() => string | Buffer>([
    () => choices.bytes(choices.below(200)),
    () =>
      choices.pick([
        '',
        ' ',
        'null',
        '[]',
        '42',
        '"text"',
        'NaN',
        'true',
        '\0',
        '{',
        '{"eventType":"Shipped"',
      ]),
    () => '['.repeat(choices.below(20_000)),
    () => `\ufeff{"eventType":"Shipped","orderId":${orderId}}`,
    () =>
      Buffer.concat([Buffer.from('{"eventType":"Shipped","item":"'), Buffer.from([0xed, 0xa0, 0x80, 0x00])]),
    () => 'x'.repeat(choices.happens(0.01) ? 900_000 : 2_000),
  ])();
  return record(
    {
      key: keyOf(orderId, choices),
      value: isObject(value) ? 'x' : value,
      fate: 'dead',
      type,
      saysType: type,
    },
    choices,
  );
}

function isObject(value: string | Buffer): boolean {
  try {
    const json: unknown = JSON.parse(value.toString());
    return json !== null && typeof json === 'object' && !Array.isArray(json);
  } catch {
    return false;
  }
}

const strangeTypes = [
  'constructor',
  '__proto__',
  'toString',
  'shipped',
  'Ordered ',
  'StockCounted',
  'a\0b',
  '주문',
  'x'.repeat(3_000),
];

function ofNoKnownType(choices: Choices): ForeignRecord {
  const orderId = FIRST_BROKEN + choices.below(ORDERS);
  const eventType = choices.pick<unknown>([
    { toString: null },
    { valueOf: 1 },
    [],
    ['Shipped'],
    5,
    true,
    null,
    undefined,
    '',
    ...strangeTypes,
  ]);
  const value = JSON.stringify({ eventType, orderId, id: orderId });
  const saysType = choices.happens(0.3) ? choices.pick(strangeTypes) : undefined;
  return record({ key: keyOf(orderId, choices), value, fate: 'skipped', saysType }, choices);
}

function ofTwoTypes(choices: Choices): ForeignRecord {
  const orderId = FIRST_BROKEN + choices.below(ORDERS);
  const eventType = choices.pick<unknown>([{ toString: null }, 'PayCancelled', 'Invented', 5, [], '']);
  const value = JSON.stringify({ eventType, orderId, id: orderId });
  return record(
    { key: keyOf(orderId, choices), value, fate: 'dead', type: 'Shipped', saysType: 'Shipped' },
    choices,
  );
}

function tombstone(choices: Choices): ForeignRecord {
  const orderId = FIRST_VALID + choices.below(ORDERS);
  return record({ key: String(orderId), value: null, fate: 'skipped' }, choices);
}

/** Gives a record an id, or none that is usable, and says what it is known by. */
function giveIdentity(headers: Record<string, Buffer>, choices: Choices): string | undefined {
  if (choices.happens(0.3)) return undefined;
  const number = choices.below(2 ** 40);
  const [id, isUsable] = choices.pick<[Buffer, boolean]>([
    [Buffer.from(`m-${number}`), true],
    [Buffer.from(`a\0b${number}`), true],
    [Buffer.from(`${number}${'i'.repeat(4_000)}`), true],
    [Buffer.from(`메시지 ${number} /../?#%`), true],
    [Buffer.from(''), false],
    [Buffer.from([0xff, 0xfe, number % 256]), false],
  ]);
  const source = choices.pick(['', 'java-app', 'app', 'urn:x:y', '/a b', '\0']);
  headers.ce_id = id;
  if (source !== '' || choices.happens(0.5)) headers.ce_source = Buffer.from(source);
  return isUsable ? JSON.stringify([source, id.toString()]) : undefined;
}

/** What ties a message to its cause and its time, as it should not be. */
function strangeHeaders(choices: Choices): Record<string, Buffer> {
  const texts = choices.pick<Record<string, string>>([
    {},
    { ce_time: '2026-01-05T01:30:07Z', ce_correlationid: 'c-1', traceparent: '00-x' },
    { ce_time: '+275760-09-13T00:00:00.000Z', ce_causationid: 'x\0y' },
    { ce_time: '-271821-04-20T00:00:00.000Z', traceparent: '0'.repeat(5_000) },
    { ce_time: 'yesterday', ce_correlationid: 'c\0\n'.repeat(100), ce_subject: '1' },
    { ce_time: '1970-01-01T00:00:00Z', 'content-type': 'text/xml', contentType: 'application/json' },
    JSON.parse('{"__proto__":"x","constructor":"y","":"z"}'),
  ]);
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
}
