import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineTransitions } from './transition-table.ts';

test('accepts a table whose states are all reached and whose final states stay', () => {
  const table = defineTransitions<'open' | 'closed', 'close'>(
    { open: { close: { to: 'closed' } }, closed: { close: 'stay' } },
    { initial: 'open', final: ['closed'] },
  );
  assert.deepEqual(table.open.close, { to: 'closed' });
});

test('refuses a state that nothing leads to', () => {
  const define = () =>
    defineTransitions<'open' | 'lost', 'close'>(
      { open: { close: 'stay' }, lost: { close: 'stay' } },
      { initial: 'open', final: [] },
    );
  assert.throws(define, /lost cannot be reached/);
});

test('refuses a final state that is left again', () => {
  const define = () =>
    defineTransitions<'open' | 'closed', 'toggle'>(
      { open: { toggle: { to: 'closed' } }, closed: { toggle: { to: 'open' } } },
      { initial: 'open', final: ['closed'] },
    );
  assert.throws(define, /closed is left again/);
});
