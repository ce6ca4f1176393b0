import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startTestPostgres, startTestService } from '@phone82/testkit';
import { pay } from '../src/build.ts';
import { payUnderTest, storyOf } from './pay-under-test.ts';

const the = payUnderTest();
const { payed, becomes, ledger, orderCancelled } = storyOf(the);

test('the whole log, read anew into an empty database, is refused at first, and then charges and gives back nothing', async (t) => {
  const [kept, cancelled] = [await payed(), await payed()];
  await the.pay.publish(orderCancelled(cancelled));
  await becomes(cancelled, 'PayCancelled');
  const before = [await ledger(kept), await ledger(cancelled)];
  const told = the.pay.published().length;
  await the.pay.stop();
  the.pay.log.groups.clear();
  const postgres = await startTestPostgres();
  const databaseUrl = await postgres.freshDatabase();
  const start = (settings: object) =>
    startTestService(pay, {
      databaseUrl,
      environment: the.environment,
      log: the.pay.log,
      settings: { MARKETING_URL: the.marketing.url, PSP_URL: the.psp.url, ...settings },
    });
  await assert.rejects(start({}), { message: /database of pay is empty.*PayCompleted of order/ });
  const again = await start({ EMPTY_DATABASE: 'accept' });
  the.pay = again;
  t.after(() => postgres.stop());
  await again.settled();
  for (let look = 0; look < 5; look++) {
    the.environment.jump(20_000);
    await delay(300);
  }
  assert.deepEqual([await ledger(kept), await ledger(cancelled)], before);
  assert.equal(again.published().length, told);
});
