import { realEnvironment } from '@phone82/runtime';
import { createMemoryBus, createMemoryLog, type EventBus, type MemoryBus } from '../src/index.ts';
import { eventBusContract } from './event-bus-contract.ts';

eventBusContract('memory', async () => {
  const log = createMemoryLog();
  const buses: MemoryBus[] = [];
  return {
    open: () => {
      const bus = createMemoryBus({ environment: realEnvironment, log });
      buses.push(bus);
      return bus;
    },
    crash: async (bus: EventBus) => (bus as MemoryBus).crash(),
    close: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
    },
  };
});
