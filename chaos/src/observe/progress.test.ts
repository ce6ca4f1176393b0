import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isAtItsEnd, stepBack } from './progress.ts';

const shipped = { status: 'Shipped', point: 300_000, version: 4 };
const takenBack = { status: 'PayCancelled', point: 0, version: 7 };

describe('an order is at its end', () => {
  test('when it is as its customer wished, and the view says so too', () => {
    assert.equal(isAtItsEnd(shipped, shipped, 'stands'), true);
    assert.equal(isAtItsEnd(takenBack, takenBack, 'takenBack'), true);
  });

  test('when it is either, if its customer does not know whether the cancel was heard', () => {
    assert.equal(isAtItsEnd(shipped, shipped, undefined), true);
    assert.equal(isAtItsEnd(takenBack, takenBack, undefined), true);
  });

  test('when it never formed', () => {
    assert.equal(isAtItsEnd(undefined, undefined, 'stands'), true);
    assert.equal(isAtItsEnd({ status: 'PaymentFailed' }, undefined, 'stands'), true);
  });

  test('but not while it is pending, on its way, without its mileage, unseen, or to be taken back', () => {
    assert.equal(isAtItsEnd({ status: 'Pending', point: null }, undefined, 'stands'), false);
    assert.equal(isAtItsEnd({ ...shipped, status: 'Payed' }, shipped, 'stands'), false);
    assert.equal(isAtItsEnd({ ...shipped, point: null }, shipped, 'stands'), false);
    assert.equal(isAtItsEnd(shipped, undefined, 'stands'), false);
    assert.equal(isAtItsEnd(shipped, { ...shipped, status: 'Payed' }, 'stands'), false);
    assert.equal(isAtItsEnd(shipped, shipped, 'takenBack'), false);
    assert.equal(isAtItsEnd({ ...takenBack, status: 'OrderCancelled' }, takenBack, 'takenBack'), false);
  });
});

describe('between two looks at an order', () => {
  test('going on is no step back', () => {
    assert.equal(stepBack(undefined, shipped), undefined);
    assert.equal(stepBack(shipped, shipped), undefined);
    assert.equal(stepBack(shipped, takenBack), undefined);
  });

  test('a version that falls, a status that returns and mileage that comes back are noticed', () => {
    assert.match(stepBack(shipped, { ...shipped, version: 3 }) ?? '', /version .* fell/);
    assert.match(stepBack(takenBack, { ...shipped, version: 8 }) ?? '', /went back from PayCancelled/);
    assert.match(stepBack(takenBack, { ...takenBack, point: 300_000 }) ?? '', /mileage came back/);
  });
});
