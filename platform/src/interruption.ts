import { constants } from 'node:os';
import { Fault } from './faults.ts';

export const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type Interrupt = (typeof INTERRUPTS)[number];

/** The exit code of a command that a signal kept from its end, as a shell would give it. */
export const exitCodeAfter = (interrupt: NodeJS.Signals) => 128 + constants.signals[interrupt];

/** The command was interrupted, and undid what it had begun. */
export class Interrupted extends Fault {
  override readonly name = 'Interrupted';
  override readonly exitCode: number;

  constructor(interrupt: NodeJS.Signals, message: string) {
    super(message);
    this.exitCode = exitCodeAfter(interrupt);
  }
}

/** Throws for a command that stops early. @throws Interrupted if the signal is aborted. */
export function throwIfInterrupted(signal: AbortSignal, message: string): void {
  if (signal.aborted) throw new Interrupted(signal.reason as Interrupt, message);
}

/**
 * What a command does that gets SIGINT, SIGTERM or the end of the terminal. `ends`: at once, for it only looks. `finishes` what it
 * has begun. `stops` early, and undoes what must not stay. `itself`: it has its own way.
 */
export type WhenInterrupted = 'ends' | 'finishes' | 'stops' | 'itself';

const DOING: Readonly<Partial<Record<WhenInterrupted, string>>> = {
  finishes: 'finishing what was begun',
  stops: 'stopping',
};

/**
 * Aborts at the first interrupt, with the signal as its reason, and says what is done now; a second one ends the process at once.
 * Never aborts for a command that ends at once or has its own way.
 */
export function heedInterrupts(when: WhenInterrupted, tell: (line: string) => void): AbortSignal {
  const interrupted = new AbortController();
  const doing = DOING[when];
  if (!doing) return interrupted.signal;
  for (const interrupt of INTERRUPTS)
    process.on(interrupt, () => {
      if (interrupted.signal.aborted) process.exit(exitCodeAfter(interrupt));
      tell(`phone82: ${doing}; once more to leave at once`);
      interrupted.abort(interrupt);
    });
  return interrupted.signal;
}
