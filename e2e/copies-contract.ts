import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { keepers } from '@phone82/service-list';
import { httpClient } from '@phone82/testkit';
import { type Copy, startCopy } from './copies.ts';
import { endsAs } from './order-story.ts';
import { type SystemUnderTest, succeeded } from './system-under-test.ts';

const REBALANCE_EVERY_MS = 3_000;
const RATE = 15;
const LOAD_SECONDS = 20;

/** What holds with two and three copies of each service, on that bus, in a system of its own. The databases of store and marketing are on MariaDB. */
export function copiesContract(bus: 'embedded' | 'kafka', newSystem: () => Promise<SystemUnderTest>): void {
  describe(`two and three copies of each service, the log ${bus}`, () => {
    let system: SystemUnderTest;
    let copies: Copy[] = [];
    before(async () => {
      system = await newSystem();
      succeeded(await system.run('up', '--detach', '--bus', bus, '--store-db', 'mariadb'));
      copies = await Promise.all(keepers.map((service) => startCopy(system, service)));
      // What has just started is slow at first, and refuses what it can't charge in time: that is another test's matter.
      const { stdout } = await system.run('load', '--orders', '40', '--rate', '8');
      assert.match(stdout, /\n {2}0 of them wrong/);
    });
    after(async () => {
      await Promise.all(copies.map((copy) => copy.leave()));
      await system.dispose();
    });

    test('lose and double nothing under load while one joins and another leaves every 3 s', async () => {
      const orders = RATE * LOAD_SECONDS;
      const load = system.run('load', '--orders', `${orders}`, '--rate', `${RATE}`, '--cancels', '30');
      let third: Copy | undefined;
      for (const service of keepers) {
        await delay(REBALANCE_EVERY_MS);
        const leaving = third;
        third = await startCopy(system, service);
        if (leaving) assert.equal(await leaving.leave(), 0);
      }
      await third?.leave();
      const printed = succeeded(await load);
      assert.match(printed, new RegExp(`${orders} of ${orders} answered`));
      assert.match(printed, /\n {2}0 of them wrong/);
    });

    test('an order that another copy took is the order of all', async () => {
      const { port = 0 } = copies.find(({ service }) => service === 'app') ?? {};
      const { status, body } = await httpClient(`http://127.0.0.1:${port}`).post('/orders', {
        item: 'LG10',
        qty: 1,
      });
      assert.equal(status, 201);
      await endsAs(system, body.id, 'shipped');
    });
  });
}
