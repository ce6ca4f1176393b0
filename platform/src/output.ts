/** What a command prints, and whether anybody still reads it. */
export interface Output {
  /** Prints a line; nothing once nobody reads it. */
  print(line: string): void;
  /** Aborted when the reader left, the disk is full or the terminal is closed. */
  readonly lost: AbortSignal;
}

/** Output that ends no command when it is lost: a command that changes something finishes, and its exit code says what came of it. */
export function openOutput(): Output {
  const lost = new AbortController();
  process.stdout.on('error', () => lost.abort());
  process.stderr.on('error', () => undefined);
  return {
    print: (line) => {
      if (!lost.signal.aborted) process.stdout.write(`${line}\n`);
    },
    lost: lost.signal,
  };
}
