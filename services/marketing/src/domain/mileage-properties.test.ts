import assert from 'node:assert/strict';
import {
  describeMachine,
  eventsOf,
  keepsItsIdentity,
  type Life,
  type Machine,
  mistaking,
  repeatsChangeNothing,
  tellsEachEventOnce,
} from '@phone82/testkit';
import { decideMileage, type MileageChange } from './decide-mileage.ts';
import { type Mileage, noMileage, pointOf } from './mileage.ts';
import type { MileageCommand } from './mileage-transitions.ts';

const changes: Record<MileageCommand, MileageChange> = {
  grant: { command: 'grant', points: 300_000, reason: 'PayCompleted' },
  cancel: { command: 'cancel', reason: 'PayCancelled' },
  postpone: { command: 'postpone', reason: 'PayCompleted', cause: null },
  grantDue: { command: 'grantDue', points: 300_000, reason: 'PayCompleted' },
  noteGranted: { command: 'noteGranted', points: 300_000, reason: 'PromoCompleted' },
  noteCancelled: { command: 'noteCancelled', reason: 'PromoCancelled' },
};

const mileages: Machine<Mileage, MileageCommand> = {
  initial: noMileage(7, 'demo'),
  commands: ['grant', 'cancel'],
  apply: (mileage, command) => {
    const decision = decideMileage(mileage, changes[command], 5_000);
    if (!decision) return { record: mileage, events: [] };
    return { record: decision.mileage, events: decision.events.map(({ eventType }) => eventType) };
  },
};

type MileageLife = Life<Mileage, MileageCommand>;
const cancelledBy = (life: MileageLife) => life.findIndex(({ command }) => command === 'cancel');
const taken = (on: MileageCommand, is: Mileage['state'], takenFor: Mileage['state']) =>
  mistaking(mileages, { on, where: 'state', is, takenFor });

describeMachine("an order's mileage, whatever comes in whatever order", mileages, {
  'tells each event once': { holds: tellsEachEventOnce, planted: taken('cancel', 'Cancelled', 'Granted') },
  'does not change when something comes again': {
    holds: repeatsChangeNothing,
    planted: taken('grant', 'Granted', 'Absent'),
  },
  'keeps its number and customer': {
    holds: keepsItsIdentity,
    planted: {
      ...mileages,
      apply: (mileage, command) => {
        const outcome = mileages.apply(mileage, command);
        return { ...outcome, record: { ...outcome.record, id: outcome.record.id + 1 } };
      },
    },
  },
  'is nothing or 300000, and the sum of what was entered': {
    holds: (life) => {
      for (const { record } of life) {
        const sum = record.entries.reduce((total, { amount }) => total + amount, 0);
        assert.ok([0, 300_000].includes(sum), `${sum}`);
        assert.equal(pointOf(record), sum);
      }
    },
    planted: taken('grant', 'Granted', 'Absent'),
  },
  'is 0 from the first cancel on, for ever': {
    holds: (life) => {
      const first = cancelledBy(life);
      if (first >= 0) for (const { record } of life.slice(first)) assert.equal(pointOf(record), 0);
    },
    planted: taken('grant', 'Cancelled', 'Absent'),
  },
  'is granted only by a grant that no cancel overtook': {
    holds: (life) =>
      assert.equal(eventsOf(life).includes('PromoCompleted'), life.length > 0 && cancelledBy(life) !== 0),
    planted: taken('grant', 'Cancelled', 'Absent'),
  },
  'loses no entry of its ledger': {
    holds: (life) => {
      for (const { before, record } of life)
        assert.deepEqual(record.entries.slice(0, before.entries.length), before.entries);
    },
    planted: {
      ...mileages,
      apply: (mileage, command) => {
        const { record, events } = mileages.apply(mileage, command);
        return { record: command === 'cancel' ? { ...record, entries: [] } : record, events };
      },
    },
  },
});

const beside: Machine<Mileage, MileageCommand> = {
  ...mileages,
  commands: ['grant', 'cancel', 'postpone', 'grantDue', 'noteGranted', 'noteCancelled'],
};
const grants = (life: MileageLife) => eventsOf(life).filter((event) => event === 'PromoCompleted').length;
const firstOf = (life: MileageLife, ...wanted: MileageCommand[]) =>
  life.findIndex(({ command }) => wanted.includes(command));
const mistaken = (on: MileageCommand, is: Mileage['state'], takenFor: Mileage['state']) =>
  mistaking(beside, { on, where: 'state', is, takenFor });

describeMachine('mileage that another implementation may have granted or taken back', beside, {
  'tells each event once': { holds: tellsEachEventOnce, planted: mistaken('grantDue', 'Granted', 'Due') },
  'does not change when something comes again': {
    holds: repeatsChangeNothing,
    planted: mistaken('noteGranted', 'Granted', 'Absent'),
  },
  'is never granted again once it was heard to be granted or taken back': {
    holds: (life) => {
      const first = firstOf(life, 'noteGranted', 'noteCancelled');
      if (first >= 0) assert.equal(grants(life.slice(first)), 0);
    },
    planted: mistaken('grantDue', 'Granted', 'Due'),
  },
  'is 0 from the first cancel on, whoever made it': {
    holds: (life) => {
      const first = firstOf(life, 'cancel', 'noteCancelled');
      if (first >= 0) for (const { record } of life.slice(first)) assert.equal(pointOf(record), 0);
    },
    planted: mistaken('noteGranted', 'Cancelled', 'Absent'),
  },
  'is not granted from the backlog before all of that is read': {
    holds: (life) => {
      for (const { before, command, events } of life)
        if (before.state === 'Due' && command !== 'grantDue') assert.ok(!events.includes('PromoCompleted'));
    },
    planted: {
      ...beside,
      apply: (mileage, command) =>
        beside.apply(mileage, mileage.state === 'Due' && command === 'grant' ? 'grantDue' : command),
    },
  },
});
