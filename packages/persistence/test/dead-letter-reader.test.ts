import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import { type Tally, tallyMapping, tallyMigrations } from '@phone82/testkit';
import {
  createDeadLetterReader,
  createUnitOfWork,
  type DeadLetter,
  migrate,
  platformMigrations,
  type UnitOfWork,
} from '../src/index.ts';
import { eachDatabase } from './each-database.ts';

const letter = (messageId: string, reason = 'because'): DeadLetter => ({
  messageId,
  orderId: 7,
  eventType: 'Ordered',
  record: '{"value":"주문"}',
  reason,
  state: 'dead',
});

eachDatabase('dead letters', (the) => {
  let unitOfWork: UnitOfWork<Tally>;
  const add = (...letters: DeadLetter[]) =>
    unitOfWork.run(async (transaction) => {
      for (const each of letters) transaction.addDeadLetter(each);
    });
  beforeEach(async () => {
    const { database } = the();
    await migrate(database, { ...platformMigrations, ...tallyMigrations });
    const environment = realEnvironment;
    unitOfWork = createUnitOfWork({ database, mapping: tallyMapping, source: 'test', environment });
  });

  test('are found by their message id, and listed oldest first', async () => {
    await add(letter('z'), letter('a'));
    await add(letter('m'));
    const reader = createDeadLetterReader(the().database);
    assert.deepEqual(await reader.find('a'), letter('a'));
    assert.equal(await reader.find('unknown'), undefined);
    const page = await reader.list({ page: 0, size: 2 });
    assert.deepEqual(page, { items: [letter('z'), letter('a')], totalElements: 3 });
  });

  test('keep their place when their reason changes', async () => {
    await add(letter('z'), letter('a'));
    await add(letter('z', 'another \0 reason'));
    const { items } = await createDeadLetterReader(the().database).list({ page: 0, size: 10 });
    assert.deepEqual(items, [letter('z', 'another  reason'), letter('a')]);
  });

  test('make a message that comes meanwhile wait until those before it are settled', async () => {
    await add(letter('first'));
    const steps: string[] = [];
    const reading = Promise.withResolvers<void>();
    const settled = Promise.withResolvers<void>();
    const settling = unitOfWork.run(async (transaction) => {
      await transaction.deadLettersWith(letter('first'));
      reading.resolve();
      await settled.promise;
      transaction.removeDeadLetter('first');
      steps.push('settled');
    });
    await reading.promise;
    const arriving = unitOfWork.run(async (transaction) => {
      const { blocked } = await transaction.admit([{ messageId: 'new', orderId: 7 }]);
      steps.push(blocked.size > 0 ? 'parked' : 'passed');
    });
    settled.resolve();
    await Promise.all([settling, arriving]);
    assert.deepEqual(steps, ['settled', 'passed']);
  });
});
