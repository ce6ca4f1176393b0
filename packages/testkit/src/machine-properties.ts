import assert from 'node:assert/strict';
import { describe, test } from 'node:test';

/** A state machine as a property sees it: a record, and what a command makes of it. */
export interface Machine<R, C extends string> {
  readonly initial: R;
  readonly commands: readonly C[];
  apply(record: R, command: C): Outcome<R>;
}

export interface Outcome<R> {
  readonly record: R;
  /** The types of the events that leave with it. */
  readonly events: readonly string[];
  /** The problem code, if it was refused. */
  readonly refusal?: string;
}

/** A command that was given, with the record before and what came of it. */
export interface Step<R, C extends string> extends Outcome<R> {
  readonly before: R;
  readonly command: C;
}

/** All that happened to one record, from its beginning. */
export type Life<R, C extends string> = readonly Step<R, C>[];

export interface MachineProperty<R, C extends string> {
  /** Throws where a life breaks it. */
  holds(life: Life<R, C>): void;
  /** A faulty machine, which the property has to catch. */
  readonly planted: Machine<R, C>;
  /**
   * Commands that come in groups one after the other, within a group in any order, each once or more, and
   * earlier ones again at any time. Default: any commands at all.
   */
  readonly story?: readonly (readonly C[])[];
}

const LIVES = 1_000;
const LONGEST_LIFE = 14;

/** Declares a test of each property over many random lives, and one that sees the property catch its planted fault. */
export function describeMachine<R, C extends string>(
  title: string,
  machine: Machine<R, C>,
  properties: Readonly<Record<string, NoInfer<MachineProperty<R, C>>>>,
): void {
  describe(title, () => {
    for (const [name, property] of Object.entries(properties)) {
      test(name, () => tryLives(machine, property));
      test(`${name}: a machine that breaks this is caught`, async () => {
        await assert.rejects(tryLives(property.planted, property), /Property failed after/);
      });
    }
  });
}

async function tryLives<R, C extends string>(
  machine: Machine<R, C>,
  { holds, story }: MachineProperty<R, C>,
): Promise<void> {
  // Loaded here, for most tests that use this package need none of it.
  const { default: fc } = await import('fast-check');
  const { anyCommands, inAnyOrder } = await import('./command-sequences.ts');
  const commands = story ? inAnyOrder(story) : anyCommands(machine.commands, LONGEST_LIFE);
  fc.assert(
    fc.property(commands, (given) => holds(live(machine, given))),
    { numRuns: LIVES },
  );
}

function live<R, C extends string>(machine: Machine<R, C>, commands: readonly C[]): Life<R, C> {
  let before = machine.initial;
  return commands.map((command) => {
    const step = { before, command, ...machine.apply(before, command) };
    before = step.record;
    return step;
  });
}

/** Events of all steps, in order. */
export const eventsOf = (life: Life<unknown, string>): string[] => life.flatMap(({ events }) => [...events]);

/** A machine that takes a record in one state, on one command, as if it were in another: a fault for a property to catch. */
export function mistaking<R extends object, C extends string, K extends keyof R>(
  machine: Machine<R, C>,
  { on, where, is, takenFor }: { on: C; where: K; is: R[K]; takenFor: R[K] },
): Machine<R, C> {
  return {
    ...machine,
    apply: (record, command) =>
      machine.apply(
        command === on && record[where] === is ? { ...record, [where]: takenFor } : record,
        command,
      ),
  };
}
