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
  const buses: EventBus[] = [];
  // The first bus is the one that can be killed: it alone has its way to the server cut.
  const open = () => {
    const bus = openThrough(buses.length === 0 ? doomed : proxy, url);
    buses.push(bus);
    return bus;
  };
  return {
    open,
    crash: async (bus) => {
      if (bus !== buses[0]) throw new Error('only the first bus can be killed');
      doomed.cut();
    },
    close: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
      await doomed.close();
      await proxy.close();
    },
  };
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
