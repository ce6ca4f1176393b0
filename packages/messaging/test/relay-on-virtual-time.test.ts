import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createMemoryUnitOfWork,
  emptyTally,
  manualEnvironment,
  silentLog,
  type Tally,
  totalled,
} from '@phone82/testkit';
import { createMemoryBus, startRelay } from '../src/index.ts';

test('an event is on the bus after the next poll, and a hint brings it there at once', async () => {
  const environment = manualEnvironment();
  const unitOfWork = createMemoryUnitOfWork<Tally>({ environment });
  const bus = createMemoryBus({ environment });
  const seen: number[] = [];
  await bus.subscribe({
    group: 'g',
    onRecords: async (records) => void seen.push(...records.map(({ offset }) => offset)),
  });
  const { outbox } = unitOfWork;
  const relay = startRelay({ outbox, bus, environment, log: silentLog, pollMs: 250 });
  const publish = () => unitOfWork.run(async (transaction) => transaction.publish(totalled(emptyTally(1))));

  await environment.advance(10);
  await publish();
  await environment.advance(200);
  assert.equal(seen.length, 0);
  await environment.advance(60);
  assert.equal(seen.length, 1);

  await publish();
  relay.nudge();
  await environment.advance(40);
  assert.equal(seen.length, 2);
  await relay.stop();
  await bus.close();
  assert.equal(environment.sleeping(), 0);
});
