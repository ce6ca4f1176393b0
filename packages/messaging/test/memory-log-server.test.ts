import { realEnvironment } from '@phone82/runtime';
import { silentLog } from '@phone82/testkit';
import {
  type BusSignal,
  createLeasedBus,
  createMemoryLogServer,
  type EventBus,
  type LogServer,
} from '../src/index.ts';
import { eventBusContract } from './event-bus-contract.ts';

/** A way to the server that can be cut: nothing said after that arrives. */
function cuttable(server: LogServer): { readonly server: LogServer; cut(): void } {
  let isCut = false;
  const guarded = <T extends object>(target: T): T =>
    new Proxy(target, {
      get:
        (_, name) =>
        async (...values: unknown[]) => {
          if (isCut) throw new Error('cut off');
          return (Reflect.get(target, name) as (...of: unknown[]) => unknown)(...values);
        },
    });
  const cut = () => {
    isCut = true;
  };
  const membership: LogServer['membership'] = (...who) => guarded(server.membership(...who));
  return {
    cut,
    server: Object.assign(Object.create(guarded(server)), { membership, close: async () => cut() }),
  };
}

const noHints: BusSignal = {
  send: () => undefined,
  listen: () => () => undefined,
  close: async () => undefined,
};

eventBusContract('leased bus on a log server in memory', async () => {
  const shared = createMemoryLogServer(() => Date.now());
  const ways = new Map<EventBus, () => void>();
  return {
    open: () => {
      const { server, cut } = cuttable(shared);
      const bus = createLeasedBus({
        server,
        signal: noHints,
        environment: realEnvironment,
        log: silentLog,
        pollMs: 20,
        leaseMs: 400,
      });
      ways.set(bus, cut);
      return bus;
    },
    crash: async (bus) => ways.get(bus)?.(),
    close: async () => {
      await Promise.all([...ways.keys()].map((bus) => bus.close()));
    },
  };
});
