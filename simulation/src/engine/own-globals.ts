import { createRequire, syncBuiltinESMExports } from 'node:module';
import type { Chance } from './chance.ts';
import { EPOCH_MS, type Scheduler } from './scheduler.ts';
import type { Step } from './step-queue.ts';

const crypto = createRequire(import.meta.url)('node:crypto') as {
  randomUUID(): string;
  randomBytes(size: number): Buffer;
};

/** A timer as Node's, with nothing behind it but a step. */
class VirtualTimer {
  step: Step | undefined;
  unref() {
    return this;
  }
  ref() {
    return this;
  }
  hasRef() {
    return true;
  }
  [Symbol.dispose]() {
    cancel(this);
  }
}

function cancel(timer: unknown): void {
  if (timer instanceof VirtualTimer && timer.step) timer.step.run = undefined;
}

/**
 * Makes the clock, the timers and the chance of this whole process those of a simulation, for code that asks the
 * platform for them (breakers, trace ids). Returns how to give them back.
 */
export function ownGlobals(scheduler: Scheduler, chance: Chance): () => void {
  const saved = [
    [
      globalThis,
      [
        'Date',
        'setTimeout',
        'clearTimeout',
        'setInterval',
        'clearInterval',
        'setImmediate',
        'clearImmediate',
      ],
    ],
    [performance, ['now']],
    [Math, ['random']],
    [crypto, ['randomUUID', 'randomBytes']],
    [globalThis.crypto, ['randomUUID']],
  ] as const;
  const before = saved.map(([owner, names]) =>
    names.map((name) => Object.getOwnPropertyDescriptor(owner, name)),
  );
  const put = (owner: object, values: Record<string, unknown>) => {
    for (const [name, value] of Object.entries(values))
      Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  };
  put(globalThis, { Date: virtualDate(scheduler), ...virtualTimers(scheduler) });
  put(performance, { now: () => scheduler.now });
  put(Math, { random: chance.next });
  put(crypto, { randomUUID: () => uuidOf(chance), randomBytes: (size: number) => bytesOf(chance, size) });
  put(globalThis.crypto, { randomUUID: () => uuidOf(chance) });
  syncBuiltinESMExports();
  return () => {
    for (const [index, [owner, names]] of saved.entries())
      for (const [place, name] of names.entries()) {
        const descriptor = before[index]?.[place];
        if (descriptor) Object.defineProperty(owner, name, descriptor);
        else Reflect.deleteProperty(owner, name);
      }
    syncBuiltinESMExports();
  };
}

/** The time on the clock of whoever asks. */
const wallClock = (scheduler: Scheduler): number =>
  EPOCH_MS + Math.floor(scheduler.now) + (scheduler.current?.clockOffsetMs ?? 0);

function virtualDate(scheduler: Scheduler): DateConstructor {
  const RealDate = Date;
  return class extends RealDate {
    constructor(...values: [number] | []) {
      if (values.length === 0) super(wallClock(scheduler));
      else super(...values);
    }
    static override now() {
      return wallClock(scheduler);
    }
  } as DateConstructor;
}

function virtualTimers(scheduler: Scheduler) {
  const setTimer = (run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
    const timer = new VirtualTimer();
    timer.step = scheduler.plan(Math.max(1, ms), 'timer', () => run(...values), scheduler.current);
    return timer;
  };
  const setRepeating = (run: (...values: unknown[]) => void, ms = 0, ...values: unknown[]) => {
    const timer = new VirtualTimer();
    const owner = scheduler.current;
    const again = () => {
      timer.step = scheduler.plan(Math.max(1, ms), 'timer', turn, owner);
    };
    const turn = () => {
      again();
      run(...values);
    };
    again();
    return timer;
  };
  return {
    setTimeout: setTimer,
    setInterval: setRepeating,
    setImmediate: (run: (...values: unknown[]) => void, ...values: unknown[]) => setTimer(run, 0, ...values),
    clearTimeout: cancel,
    clearInterval: cancel,
    clearImmediate: cancel,
  };
}

function bytesOf(chance: Chance, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => chance.below(256)));
}

function uuidOf(chance: Chance): string {
  const hex = bytesOf(chance, 16).toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
