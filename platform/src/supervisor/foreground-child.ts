import { type ChildProcess, spawn } from 'node:child_process';
import { exitCodeAfter, INTERRUPTS, type Interrupt } from '../interruption.ts';

/** What the child is sent for each signal: it knows no end of the terminal. */
const PASSED_ON = { SIGINT: 'SIGINT', SIGTERM: 'SIGTERM', SIGHUP: 'SIGTERM' } as const;

export interface ForegroundOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the child sees the end of this process by the end of its standard input. Default false. */
  readonly endsWithUs?: boolean;
  /** Done first. If a signal comes meanwhile, it is undone and the child is not started. */
  readonly before?: { do(): Promise<void>; undo(): Promise<void> };
}

/**
 * Runs a program in place of this command: the signals that this process gets go on to the program and to what it started, once,
 * and this process waits for it. Resolves to the program's exit code, or to 128 and the number of the signal that ended it.
 */
export async function runInForeground(words: readonly string[], options: ForegroundOptions): Promise<number> {
  let child: ChildProcess | undefined;
  let interrupted: Interrupt | undefined;
  const listeners = INTERRUPTS.map((interrupt) => {
    const passOn = () => {
      interrupted = interrupt;
      if (child) signalGroup(child, PASSED_ON[interrupt]);
    };
    process.on(interrupt, passOn);
    return () => process.off(interrupt, passOn);
  });
  try {
    await options.before?.do();
    if (interrupted) {
      await options.before?.undo();
      return exitCodeAfter(interrupted);
    }
    child = start(words, options);
    return await exitCodeOf(child);
  } finally {
    for (const stopListening of listeners) stopListening();
  }
}

function start(words: readonly string[], { cwd, env, endsWithUs = false }: ForegroundOptions): ChildProcess {
  const child = spawn(process.execPath, words, {
    cwd,
    env,
    stdio: [endsWithUs ? 'pipe' : 'ignore', 'inherit', 'inherit'],
    // A session of its own: Ctrl-C at the terminal would otherwise reach it twice.
    detached: true,
  });
  child.stdin?.on('error', () => undefined);
  return child;
}

const exitCodeOf = (child: ChildProcess) =>
  new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? exitCodeAfter(signal ?? 'SIGKILL')));
  });

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // It ended in the meantime.
  }
}
