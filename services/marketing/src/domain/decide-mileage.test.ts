import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideMileage, type MileageChange } from './decide-mileage.ts';
import { type Mileage, type MileageState, noMileage, pointOf } from './mileage.ts';
import type { MileageCommand } from './mileage-transitions.ts';

const changes: Record<MileageCommand, MileageChange> = {
  grant: { command: 'grant', points: 300_000, reason: 'PayCompleted' },
  cancel: { command: 'cancel', reason: 'PayCancelled' },
  postpone: { command: 'postpone', reason: 'PayCompleted', cause: 'trace' },
  grantDue: { command: 'grantDue', points: 300_000, reason: 'PayCompleted' },
  noteGranted: { command: 'noteGranted', points: 300_000, reason: 'PromoCompleted' },
  noteCancelled: { command: 'noteCancelled', reason: 'PromoCancelled' },
};

const states: Record<MileageState, Mileage> = {
  Absent: noMileage(7, 'demo'),
  Due: { ...noMileage(7, 'demo'), state: 'Due', dueAt: 1, cause: 'trace' },
  Granted: {
    ...noMileage(7, 'demo'),
    state: 'Granted',
    entries: [{ amount: 300_000, reason: 'PayCompleted', at: 1 }],
  },
  Cancelled: { ...noMileage(7, 'demo'), state: 'Cancelled' },
};

/** Each state × command: state, event and point that come of it, `=` for no change. */
const outcomes: Record<MileageState, Record<MileageCommand, string>> = {
  Absent: {
    grant: 'Granted + PromoCompleted: 300000',
    cancel: 'Cancelled + PromoCancelled: 0',
    postpone: 'Due + : 0',
    grantDue: '=',
    noteGranted: 'Granted + : 300000',
    noteCancelled: 'Cancelled + : 0',
  },
  Due: {
    grant: '=',
    cancel: 'Cancelled + PromoCancelled: 0',
    postpone: '=',
    grantDue: 'Granted + PromoCompleted: 300000',
    noteGranted: 'Granted + : 300000',
    noteCancelled: 'Cancelled + : 0',
  },
  Granted: {
    grant: '=',
    cancel: 'Cancelled + PromoCancelled: 0',
    postpone: '=',
    grantDue: '=',
    noteGranted: '=',
    noteCancelled: 'Cancelled + : 0',
  },
  Cancelled: { grant: '=', cancel: '=', postpone: '=', grantDue: '=', noteGranted: '=', noteCancelled: '=' },
};

describe("an order's mileage, in each state, on each command", () => {
  for (const [state, commands] of Object.entries(outcomes)) {
    for (const [command, expected] of Object.entries(commands)) {
      test(`${state} × ${command} → ${expected}`, () => {
        const decision = decideMileage(states[state as MileageState], changes[command as MileageCommand], 2);
        const outcome = decision
          ? `${decision.mileage.state} + ${decision.events.map((event) => event.eventType)}: ${pointOf(decision.mileage)}`
          : '=';
        assert.equal(outcome, expected);
      });
    }
  }
});

test('a cancel is entered beside the grant, which stays', () => {
  const cancelled = decideMileage(states.Granted, changes.cancel, 2)?.mileage;
  assert.deepEqual(
    cancelled?.entries.map((entry) => entry.amount),
    [300_000, -300_000],
  );
});

test('a cancel that comes first leaves no entry, and the grant that follows none either', () => {
  const tombstone = decideMileage(states.Absent, changes.cancel, 2)?.mileage;
  assert.deepEqual(tombstone?.entries, []);
  assert.equal(tombstone && decideMileage(tombstone, changes.grant, 3), undefined);
});

test('what was granted or cancelled elsewhere is entered with where it was heard of, in the words of the wire', () => {
  const granted = decideMileage(states.Absent, changes.noteGranted, 2)?.mileage as Mileage;
  assert.deepEqual(
    [granted.process, granted.entries],
    ['PayCompleted', [{ amount: 300_000, reason: 'PromoCompleted', at: 2 }]],
  );
  const cancelled = decideMileage(granted, changes.noteCancelled, 3)?.mileage as Mileage;
  assert.deepEqual(
    [cancelled.process, cancelled.entries.at(-1)],
    ['PayCancelled', { amount: -300_000, reason: 'PromoCancelled', at: 3 }],
  );
});

test('a grant that is due keeps since when and for what, until it is decided', () => {
  const due = decideMileage(states.Absent, changes.postpone, 2)?.mileage as Mileage;
  assert.deepEqual([due.dueAt, due.cause, due.entries], [2, 'trace', []]);
  const granted = decideMileage(due, changes.grantDue, 3)?.mileage as Mileage;
  assert.deepEqual([granted.dueAt, granted.cause], [null, null]);
});
