import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  createMemoryStore,
  createMemoryUnitOfWork,
  eventually,
  needs,
  silentLog,
  startSharedKafka,
  type Tally,
  type TestKafka,
} from '@phone82/testkit';
import { type EventBus, startConsumer } from '../src/index.ts';
import { makeTopic, ownKafka } from './kafka-under-test.ts';
import { range } from './received.ts';
import { addsPoints, points } from './tally-service.ts';

needs('java', 'maven');

const ORDERS = range(1, 40);
const TIMEOUT = { timeoutMs: 90_000 };

describe('a group whose members come and go under load', () => {
  let kafka: Pick<TestKafka, 'brokers' | 'stop'>;
  before(async () => {
    kafka = await startSharedKafka();
  });
  after(() => kafka.stop());

  /** Copies of one service: each with a bus and a consumer of its own, all on one database. */
  function copiesOfOneService() {
    const own = ownKafka(kafka);
    const group = own.group('tally');
    const store = createMemoryStore<Tally>();
    const worked = new Set<EventBus>();
    const join = async () => {
      const bus = own.open();
      const unitOfWork = createMemoryUnitOfWork<Tally>({ environment: realEnvironment, store });
      const consumer = await startConsumer({
        bus,
        group,
        unitOfWork,
        subscriptions: {
          PromoCompleted: async (...handled) => {
            worked.add(bus);
            await addsPoints(...handled);
          },
        },
        environment: realEnvironment,
        log: silentLog,
        maxBatch: 20,
      });
      const leave = async () => {
        await consumer.stop();
        await bus.close();
      };
      return { bus, leave, hasWorked: () => worked.has(bus) };
    };
    return { own, group, store, join };
  }

  for (const steady of [1, 2]) {
    test(`loses nothing and lets nothing take effect twice: ${steady} that stay, one that joins and leaves`, async () => {
      const { own, group, store, join } = copiesOfOneService();
      await makeTopic(own.open());
      const publisher = own.open();
      const staying = [];
      for (let copy = 0; copy < steady; copy++) staying.push(await join());
      let round = 0;
      let isOver = false;
      const publishing = (async () => {
        while (!isOver) await publisher.publish(ORDERS.map((order) => points(order, ++round * 100 + order)));
      })();
      for (let turns = 0; turns < 3; turns++) {
        const guest = await join();
        await eventually(() => assert.ok(guest.hasWorked()), TIMEOUT);
        await guest.leave();
      }
      isOver = true;
      await publishing;
      await eventually(async () => assert.equal((await publisher.lag(group)).total, 0), TIMEOUT);
      for (const copy of staying) {
        assert.ok(copy.hasWorked());
        await copy.leave();
      }
      await publisher.close();
      const effects = ORDERS.flatMap((order) => store.records.get(order)?.entries ?? []);
      assert.equal(effects.length, new Set(effects).size, 'an effect came twice');
      assert.equal(effects.length, round, 'an effect is missing');
      for (const order of ORDERS) {
        const entries = store.records.get(order)?.entries ?? [];
        assert.deepEqual(
          entries,
          entries.toSorted((a, b) => a - b),
          'the order of an order was lost',
        );
      }
    });
  }
});
