import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createRetryBudget, type RetryBudget } from './retry-budget.ts';

const MOST = 5;

function budgetOnStandingClock() {
  let now = 0;
  const budget = createRetryBudget({ ratio: 0.1, minPerSecond: 2, most: MOST, now: () => now });
  const pass = (ms: number) => {
    now += ms;
  };
  return { budget, pass };
}

function spendAll(budget: RetryBudget): number {
  let spent = 0;
  while (budget.spend()) spent += 1;
  return spent;
}

describe('a retry budget', () => {
  test('allows a few repetitions from the start, and then no more', () => {
    const { budget } = budgetOnStandingClock();
    assert.equal(spendAll(budget), MOST);
  });

  test('allows one more for every ten first calls', () => {
    const { budget } = budgetOnStandingClock();
    spendAll(budget);
    for (let call = 0; call < 31; call += 1) budget.deposit();
    assert.equal(spendAll(budget), 3);
  });

  test('never stops them altogether: some come with time alone', () => {
    const { budget, pass } = budgetOnStandingClock();
    spendAll(budget);
    pass(1_000);
    assert.equal(spendAll(budget), 2);
  });

  test('holds no more than its most, however long nothing happens', () => {
    const { budget, pass } = budgetOnStandingClock();
    pass(3_600_000);
    assert.equal(spendAll(budget), MOST);
  });

  test('is not used up by repetitions that succeed', () => {
    const { budget } = budgetOnStandingClock();
    for (let call = 0; call < 1_000; call += 1) {
      assert.ok(budget.spend());
      budget.giveBack();
    }
  });
});
