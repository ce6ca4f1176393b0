import type { Balance, Evidence } from '../src/check/evidence.ts';
import { type Journey, newJourney } from '../src/load/journey.ts';
import type { Fields, Records } from '../src/observe/records.ts';

const PRICE = 899_000;
/** Order 1 stands, order 2 was taken back, order 3 never formed. */
export const STANDING = 1;
export const TAKEN_BACK = 2;
export const FAILED = 3;

const journey = (index: number, id: number, cancel: Journey['cancel'] = 'none'): Journey => ({
  ...newJourney(index, 1, 0),
  ids: new Set([id]),
  formed: new Set([id]),
  answers: [201],
  cancel,
  isAsking: false,
  hasEnded: true,
});

const timeline = (...types: string[]) =>
  types.map((eventType, index) => ({
    eventType,
    at: `2026-01-05T01:30:0${index}.000Z`,
    messageId: eventType,
  }));

const standingEvents = ['Ordered', 'PayCompleted', 'PromoCompleted', 'Shipped'];
const takenBackEvents = [...standingEvents, 'OrderCancelled', 'PromoCancelled', 'PayCancelled'];
const charged: Balance = { charges: 1, charged: PRICE, refunds: 0, refunded: 0 };

/** What a system at rest looks like from outside when nothing went wrong. */
export const sound: Evidence = {
  journeys: [
    journey(0, STANDING),
    journey(1, TAKEN_BACK, 'accepted'),
    { ...journey(2, FAILED), formed: new Set(), answers: [202] },
  ],
  orders: new Map<number, Fields>([
    [STANDING, { status: 'Shipped', point: 300_000, price: PRICE }],
    [TAKEN_BACK, { status: 'PayCancelled', point: 0, price: PRICE }],
    [FAILED, { status: 'PaymentFailed', point: null, price: PRICE }],
  ]),
  payments: new Map<number, Fields>([
    [STANDING, { process: 'Payed', price: PRICE }],
    [TAKEN_BACK, { process: 'PayCancelled', price: PRICE }],
    [FAILED, { process: 'Voided', price: PRICE }],
  ]),
  deliveries: new Map<number, Fields>([
    [STANDING, { process: 'Shipped' }],
    [TAKEN_BACK, { process: 'ReturnRequested' }],
  ]),
  mileages: new Map<number, Fields>([
    [STANDING, { point: 300_000 }],
    [TAKEN_BACK, { point: 0 }],
  ]),
  views: new Map<number, Fields>([
    [STANDING, viewOf('Shipped', 300_000, standingEvents)],
    [TAKEN_BACK, viewOf('PayCancelled', 0, takenBackEvents)],
  ]),
  ledger: new Map([
    [STANDING, charged],
    [TAKEN_BACK, { ...charged, refunds: 1, refunded: PRICE }],
  ]),
  deadLetters: { app: 0, pay: 0, store: 0, marketing: 0, customer: 0 },
  reconciliation: undefined,
};

function viewOf(status: string, point: number, events: readonly string[]): Fields {
  return { status, point, price: PRICE, version: events.length, timeline: timeline(...events) };
}

type RecordsOf = 'orders' | 'payments' | 'deliveries' | 'mileages' | 'views';

/** The same, except for some fields of one record. */
export function withRecord(of: RecordsOf, id: number, changes: Fields, evidence = sound): Evidence {
  const records = new Map(evidence[of] as Records);
  records.set(id, { ...records.get(id), ...changes });
  return { ...evidence, [of]: records };
}

/** The same, except for what the PSP says of one order. */
export function withBalance(id: number, changes: Partial<Balance>): Evidence {
  const nothing: Balance = { charges: 0, charged: 0, refunds: 0, refunded: 0 };
  const ledger = new Map(sound.ledger);
  ledger.set(id, { ...nothing, ...ledger.get(id), ...changes });
  return { ...sound, ledger };
}

/** The same, except for what one customer was told. */
export function withJourney(index: number, changes: Partial<Journey>): Evidence {
  return {
    ...sound,
    journeys: sound.journeys.map((one) => (one.index === index ? { ...one, ...changes } : one)),
  };
}

/** The same, except for the events in the view of one order. */
export function withTimeline(id: number, change: (events: readonly Fields[]) => readonly Fields[]): Evidence {
  const events = change(sound.views.get(id)?.timeline);
  return withRecord('views', id, { timeline: events, version: events.length });
}
