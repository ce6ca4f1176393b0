import type { EventBus } from '../src/index.ts';

/** A log, empty. */
export interface BusUnderTest {
  /** A bus on it, as another process would open one. */
  open(): EventBus;
  /** Makes a bus die as a process that is killed: it says no goodbye, and nothing it does reaches the log any more. */
  crash(bus: EventBus): Promise<void>;
  /** Closes all buses. */
  close(): Promise<void>;
}

/** Buses of which the first can be killed: it alone has its way to the server cut. */
export function busesUnderTest(how: {
  open(isFirst: boolean): EventBus;
  cutFirst(): void;
  end(): Promise<void> | void;
}): BusUnderTest {
  const buses: EventBus[] = [];
  return {
    open: () => {
      const bus = how.open(buses.length === 0);
      buses.push(bus);
      return bus;
    },
    crash: async (bus) => {
      if (bus !== buses[0]) throw new Error('only the first bus can be killed');
      how.cutFirst();
    },
    close: async () => {
      await Promise.all(buses.map((bus) => bus.close()));
      await how.end();
    },
  };
}

export interface ContractPatience {
  /** How long to wait for what has to happen. Default 5 s. */
  readonly timeoutMs: number;
  /** How long to look that something does not happen. Default 150 ms. */
  readonly quietMs: number;
}

export type Subject = () => BusUnderTest & ContractPatience;
