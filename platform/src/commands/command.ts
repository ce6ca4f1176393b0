import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { ControlClient } from '../control/client.ts';
import { UsageFault } from '../faults.ts';
import type { WhenInterrupted } from '../interruption.ts';
import type { System } from '../system.ts';

export interface Context {
  readonly system: System;
  /** The running supervisor, if any. */
  readonly supervisor: ControlClient;
  /** Prints a line on standard output. */
  print(line: string): void;
  /** Aborted when nobody reads the output any more; what only shows something ends then. */
  readonly outputLost: AbortSignal;
  /** Aborted by an interrupt, with the signal as its reason, for commands that heed one. */
  readonly interrupted: AbortSignal;
}

/** Does the command; resolves to the exit code. @throws Fault with a sentence for the person at the terminal. */
export type Run = (args: readonly string[], context: Context) => Promise<number>;

/** A word of the command line. */
export interface Command {
  readonly name: string;
  /** With its arguments, as help shows it. */
  readonly usage: string;
  readonly summary: string;
  /** More for `help NAME`, line by line. */
  readonly details?: readonly string[];
  readonly whenInterrupted: WhenInterrupted;
  load(): Promise<{ readonly run: Run }>;
}

/** Options and other words of a command. @throws UsageFault for what the command does not know. */
export function readArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  words: { readonly atMost: number },
) {
  try {
    const read = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    if (read.positionals.length <= words.atMost) return read;
    throw new UsageFault(`"${read.positionals[words.atMost]}" is one word too many.`);
  } catch (error) {
    if (error instanceof UsageFault) throw error;
    throw new UsageFault((error as Error).message.split('. ')[0] ?? '');
  }
}
