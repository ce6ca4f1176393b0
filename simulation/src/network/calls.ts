import type { Chance } from '../engine/chance.ts';
import type { Scheduler } from '../engine/scheduler.ts';
import type { SimulatedProcess } from '../engine/simulated-process.ts';
import type { FaultKind } from '../faults/fault-kinds.ts';
import type { Faults } from '../faults/faults.ts';

/** A database or log server, or a library that keeps its files inside the process. */
export interface SimulatedServer {
  readonly name: string;
  /** A file of the process itself: nothing between them can get lost. */
  readonly isEmbedded: boolean;
  downUntil: number;
  readonly unreachable: FaultKind;
  readonly downForAWhile: FaultKind;
  /** The error of a call that did not get through, as the driver words it. */
  failure(): Error;
}

/** What can become of a call that changes something, beside failing before it gets there. */
export interface WriteFaults {
  readonly notApplied?: FaultKind;
  readonly answerLost?: FaultKind;
  readonly appliedLate?: FaultKind;
}

export interface CallsOptions {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly chance: Chance;
  crash(process: SimulatedProcess): void;
  /** A chance for whatever may happen to a process at any moment. */
  disturb(process: SimulatedProcess): void;
}

type Fate = 'fine' | 'notApplied' | 'answerLost' | 'appliedLate';

/** The calls of processes to servers: each takes a while, each can fail on its way there and on its way back. */
export class Calls {
  readonly #options: CallsOptions;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  /** Runs an effect on a server, atomically, and brings its result back. */
  to<T>(
    server: SimulatedServer,
    owner: SimulatedProcess,
    what: string,
    effect: () => T | Promise<T>,
    writes?: WriteFaults,
  ): Promise<T> {
    const { scheduler, faults, crash, disturb } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (scheduler.isDead(owner)) return promise;
    disturb(owner);
    if (faults.strikes('crash before a call')) {
      crash(owner);
      return promise;
    }
    const fate = this.#fateOf(server, writes);
    const { incarnation } = owner;
    const answer = (deliver: () => void) =>
      scheduler.plan(this.latency(), `${what}, answered`, deliver, owner, incarnation);
    const fail = () => answer(() => reject(server.failure()));
    const arrive = () => {
      if (fate === 'notApplied' || server.downUntil > scheduler.now) return void fail();
      if (fate === 'appliedLate') {
        fail();
        scheduler.plan(
          faults.duration(1, 60),
          `${what}, late`,
          () => void settle(effect).catch(() => undefined),
        );
        return;
      }
      settle(effect).then(
        (value) => {
          if (faults.strikes('crash after a call')) crash(owner);
          else if (fate === 'answerLost') fail();
          else answer(() => resolve(value));
        },
        (error) => void answer(() => reject(error)),
      );
    };
    scheduler.plan(this.latency(), what, arrive, server.isEmbedded ? owner : undefined);
    return promise;
  }

  latency(): number {
    const { chance, faults } = this.#options;
    if (faults.strikes('slow moment')) return faults.duration(20, 400);
    return 0.05 + chance.next() ** 4 * 6;
  }

  #fateOf(server: SimulatedServer, writes: WriteFaults | undefined): Fate {
    const { faults, scheduler } = this.#options;
    if (faults.strikes(server.unreachable)) return 'notApplied';
    if (!server.isEmbedded && faults.strikes(server.downForAWhile))
      server.downUntil = scheduler.now + faults.duration(200, 4_000);
    if (!writes) return 'fine';
    if (writes.notApplied && faults.strikes(writes.notApplied)) return 'notApplied';
    if (server.isEmbedded) return 'fine';
    if (writes.answerLost && faults.strikes(writes.answerLost)) return 'answerLost';
    if (writes.appliedLate && faults.strikes(writes.appliedLate)) return 'appliedLate';
    return 'fine';
  }
}

/** An effect that throws at once is one that rejects. */
const settle = async <T>(effect: () => T | Promise<T>): Promise<T> => effect();
