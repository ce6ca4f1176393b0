import { after, before } from 'node:test';
import { needs, startTestKafka, type TestKafka } from '@phone82/testkit';
import { eventBusContract } from './event-bus-contract.ts';
import { kafkaUnderTest } from './kafka-under-test.ts';

needs('java', 'maven');

let kafka: TestKafka;
before(async () => {
  kafka = await startTestKafka();
});
after(() => kafka.stop());

// A broker takes a while to notice that a member is dead, and members to agree on their shares.
eventBusContract('kafka', () => kafkaUnderTest(kafka), { timeoutMs: 30_000, quietMs: 500 });
