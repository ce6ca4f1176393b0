import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { encodeEvent } from '@phone82/contracts';
import { realEnvironment } from '@phone82/runtime';
import {
  createMemoryUnitOfWork,
  eventually,
  needs,
  silentLog,
  startSharedKafka,
  type Tally,
  type TestKafka,
} from '@phone82/testkit';
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';
import { startConsumer } from '../src/index.ts';
import { makeTopic, ownKafka } from './kafka-under-test.ts';
import { addsPoints } from './tally-service.ts';

needs('java', 'maven');

const TIMEOUT = { timeoutMs: 30_000 };

describe('what others see of the log, and put into it', () => {
  let kafka: Pick<TestKafka, 'brokers' | 'stop'>;
  let own: ReturnType<typeof ownKafka>;
  const client = () => ({ clientId: 'another', bootstrapBrokers: [kafka.brokers] });

  before(async () => {
    kafka = await startSharedKafka();
  });
  after(() => kafka.stop());
  beforeEach(async () => {
    own = ownKafka(kafka);
    await makeTopic(own.open());
  });

  test('a Java service’s record, without key and headers, takes effect once and is known by its place', async () => {
    const bus = own.open();
    const unitOfWork = createMemoryUnitOfWork<Tally>({ environment: realEnvironment });
    const consume = () =>
      startConsumer({
        bus,
        group: own.group('tally'),
        unitOfWork,
        subscriptions: { PromoCompleted: addsPoints },
        environment: realEnvironment,
        log: silentLog,
      });
    const consumer = await consume();
    const producer = new Producer({ ...client(), serializers: stringSerializers });
    const value =
      '{"eventType":"PromoCompleted","timestamp":"20260101090000","id":3,"orderId":7,"point":300000.0,"process":"Payed"}';
    await producer.send({ messages: [{ topic: own.topic, value }] });
    await eventually(() => assert.deepEqual(unitOfWork.store.records.get(7)?.entries, [300_000]), TIMEOUT);
    await eventually(async () => assert.equal((await bus.lag(own.group('tally'))).total, 0), TIMEOUT);
    await consumer.stop();
    // Its offsets lost, the group reads everything again.
    await bus.deleteGroup(own.group('tally'));
    const again = await consume();
    await eventually(async () => assert.equal((await bus.lag(own.group('tally'))).total, 0), TIMEOUT);
    assert.deepEqual(unitOfWork.store.records.get(7)?.entries, [300_000]);
    assert.match([...unitOfWork.store.inbox][0] ?? '', new RegExp(`^${own.topic}-\\d+-\\d+$`));
    await again.stop();
    await producer.close();
    await bus.close();
  });

  test('tombstones and the marks of transactions at the end of a partition are passed by', async () => {
    const bus = own.open();
    const unitOfWork = createMemoryUnitOfWork<Tally>({ environment: realEnvironment });
    const consumer = await startConsumer({
      bus,
      group: own.group('tally'),
      unitOfWork,
      subscriptions: { PromoCompleted: addsPoints },
      environment: realEnvironment,
      log: silentLog,
    });
    const value = '{"eventType":"PromoCompleted","orderId":7,"point":5}';
    const plain = new Producer({ ...client(), serializers: stringSerializers });
    await plain.send({ messages: [{ topic: own.topic, key: '7' }] });
    const transactional = new Producer({
      ...client(),
      serializers: stringSerializers,
      idempotent: true,
      transactionalId: own.group('t'),
    });
    const transaction = await transactional.beginTransaction();
    await transaction.send({ messages: [{ topic: own.topic, key: '7', value }] });
    await transaction.commit();
    await eventually(async () => {
      const { partitions, total } = await bus.lag(own.group('tally'));
      assert.equal(total, 0);
      // The tombstone, the event and the mark of its commit.
      assert.deepEqual(
        partitions.map(({ end }) => end).filter((end) => end > 0),
        [3],
      );
    }, TIMEOUT);
    assert.deepEqual(unitOfWork.store.records.get(7)?.entries, [5]);
    assert.deepEqual(unitOfWork.deadLetters(), []);
    await consumer.stop();
    await Promise.all([plain.close(), transactional.close(), bus.close()]);
  });

  test('a plain consumer reads our event as flat JSON, with the order as key and the CloudEvent in headers', async () => {
    const bus = own.open();
    const event = encodeEvent(
      { eventType: 'Shipped', id: 7, orderId: 7, item: 'LG10', process: 'Shipped' },
      'store',
      {
        messageId: 'm-1',
        occurredAt: Date.UTC(2026, 0, 1),
        correlationId: 'c-1',
      },
    );
    await bus.publish([event]);
    const consumer = new Consumer({
      ...client(),
      groupId: own.group('plain'),
      deserializers: stringDeserializers,
    });
    const stream = await consumer.consume({ topics: [own.topic], mode: 'earliest', autocommit: false });
    const [message] = await stream.take(1).toArray();
    await consumer.close(true);
    await bus.close();
    assert.equal(message.key, '7');
    assert.deepEqual(JSON.parse(message.value), {
      eventType: 'Shipped',
      timestamp: '20260101090000',
      id: 7,
      orderId: 7,
      item: 'LG10',
      process: 'Shipped',
    });
    assert.equal(message.headers.get('ce_id'), 'm-1');
    assert.equal(message.headers.get('ce_type'), 'Shipped');
    assert.equal(message.headers.get('ce_specversion'), '1.0');
  });

  test('a key of ours lies where the Java clients would put it', async () => {
    const sixPartitions = ownKafka(kafka, { partitions: 6 });
    await makeTopic(sixPartitions.open());
    const bus = sixPartitions.open();
    // As Java's Utils.toPositive(Utils.murmur2(key)) % 6 has it.
    await bus.publish(['1', '21', '12345'].map((key) => ({ key, value: '{}', headers: {} })));
    const lag = await bus.lag(sixPartitions.group('none'));
    const filled = lag.partitions.filter(({ end }) => end > 0).map(({ partition }) => partition);
    await bus.close();
    assert.deepEqual(filled, [0, 2, 3]);
  });
});
