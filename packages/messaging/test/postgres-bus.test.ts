import { after, before } from 'node:test';
import { realEnvironment } from '@phone82/runtime';
import {
  type CuttableProxy,
  silentLog,
  startCuttableProxy,
  startTestPostgres,
  type TestPostgres,
} from '@phone82/testkit';
import { createPostgresBus, type EventBus } from '../src/index.ts';
import { busesUnderTest } from './bus-under-test.ts';
import { eventBusContract } from './event-bus-contract.ts';

const LEASE_MS = 600;

let postgres: TestPostgres;
before(async () => {
  postgres = await startTestPostgres();
});
after(() => postgres.stop());

eventBusContract('postgres', async () => {
  const url = new URL(await postgres.freshDatabase());
  const proxy = await startCuttableProxy(postgres.port);
  const doomed = await startCuttableProxy(postgres.port);
  return busesUnderTest({
    open: (isFirst) => openThrough(isFirst ? doomed : proxy, url),
    cutFirst: () => doomed.cut(),
    end: async () => {
      await doomed.close();
      await proxy.close();
    },
  });
});

function openThrough({ port }: CuttableProxy, url: URL): EventBus {
  const through = new URL(url);
  through.port = String(port);
  return createPostgresBus({
    url: through.href,
    environment: realEnvironment,
    log: silentLog,
    leaseMs: LEASE_MS,
  });
}
