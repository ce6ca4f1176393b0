import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { realEnvironment } from './environment.ts';

test('an id that is made later sorts later, so that the marks of handled messages are written side by side', () => {
  mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 1) });
  try {
    const ids = Array.from({ length: 1_000 }, () => {
      mock.timers.tick(1);
      return realEnvironment.newId();
    });
    assert.deepEqual(ids, ids.toSorted());
  } finally {
    mock.timers.reset();
  }
});

test('ids of one moment are UUIDs, all different', () => {
  const ids = Array.from({ length: 1_000 }, realEnvironment.newId);
  assert.equal(new Set(ids).size, ids.length);
  for (const id of ids) assert.match(id, /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
