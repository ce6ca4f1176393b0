import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { test } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import { silentLog } from '@phone82/testkit';
import { createKafkaBus } from '../src/kafka-bus.ts';

test('a broker that dies while a client says who it is does not take the client with it', async () => {
  const broker = createServer((socket) => {
    socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy());
  });
  await once(broker.listen(0, '127.0.0.1'), 'listening');
  const bus = createKafkaBus({
    brokers: [`127.0.0.1:${(broker.address() as AddressInfo).port}`],
    environment: realEnvironment,
    log: silentLog,
    sasl: { mechanism: 'PLAIN', username: 'someone', password: 'secret' },
  });
  // What is thrown where nobody listens fails the test as well.
  for (let tries = 0; tries < 3; tries++) await assert.rejects(bus.ping());
  await bus.close();
  broker.close();
});
