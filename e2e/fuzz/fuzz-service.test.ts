import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failuresOf, type Report } from './fuzz-service.ts';

const clean: Report = {
  complete: true,
  operations: { selected: 2, tested: 2 },
  test_cases: { generated: 40 },
  failures: [],
  errors: [],
  valid_rates: {
    'GET /orders': { coverage: { accepted: 0 }, fuzzing: { accepted: 3 } },
    'POST /orders': { fuzzing: { accepted: 1 } },
  },
};

test('passes a run that asked every operation and found nothing', () => {
  assert.deepEqual(failuresOf(clean, 0), []);
});

test('fails a run that found something, or could not ask', () => {
  assert.deepEqual(failuresOf({ ...clean, failures: [{}, {}], errors: [{}] }, 1), ['2 failures, 1 errors']);
});

test('fails a run that ended early, or badly', () => {
  assert.deepEqual(failuresOf({ ...clean, complete: false }, null), [
    'the run ended early',
    'ended with null',
  ]);
});

test('fails a run that left operations out, or had none', () => {
  const operations = { selected: 2, tested: 1 };
  assert.deepEqual(failuresOf({ ...clean, operations }, 0), ['1 of 2 operations were asked']);
  const none = { selected: 0, tested: 0 };
  assert.deepEqual(failuresOf({ ...clean, operations: none, valid_rates: {} }, 0), [
    '0 of 0 operations were asked',
  ]);
});

test('fails a run in which an operation did nothing but refuse', () => {
  const valid_rates = { 'POST /orders': { coverage: { accepted: 0 }, fuzzing: { accepted: 0 } } };
  assert.deepEqual(failuresOf({ ...clean, valid_rates }, 0), ['POST /orders was refused every time']);
});
