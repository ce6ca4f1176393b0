import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideMileage, type MileageChange } from './decide-mileage.ts';
import { type Mileage, type MileageState, noMileage, pointOf } from './mileage.ts';
import type { MileageCommand } from './mileage-transitions.ts';

const changes: Record<MileageCommand, MileageChange> = {
  grant: { command: 'grant', points: 300_000, reason: 'PayCompleted' },
  cancel: { command: 'cancel', reason: 'PayCancelled' },
};

const states: Record<MileageState, Mileage> = {
  Absent: noMileage(7, 'demo'),
  Granted: {
    ...noMileage(7, 'demo'),
    state: 'Granted',
    entries: [{ amount: 300_000, reason: 'PayCompleted', at: 1 }],
  },
  Cancelled: { ...noMileage(7, 'demo'), state: 'Cancelled' },
};

/** Each state × command: state, event and point that come of it, `=` for no change. */
const outcomes: Record<MileageState, Record<MileageCommand, string>> = {
  Absent: { grant: 'Granted + PromoCompleted: 300000', cancel: 'Cancelled + PromoCancelled: 0' },
  Granted: { grant: '=', cancel: 'Cancelled + PromoCancelled: 0' },
  Cancelled: { grant: '=', cancel: '=' },
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
