import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { RunAs } from './run-as.ts';
import { serverEnvironment } from './system-environment.ts';

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the server is gone, with the reason. */
  readonly exited: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

/**
 * Becomes the server, after leaving behind a watcher that asks the server to stop when the pipe on
 * descriptor 3 ends without a word: then whoever started it is dead. The watcher is no child of the server,
 * which would take the end of an unknown child for a crash.
 */
const guarded = (stop: string) =>
  `( ( trap "" INT TERM HUP; read -r word <&3 || { ${stop}; } ) & ) ; exec "$@" 3<&-`;

/** A server that is asked while it starts may never come to it; it is ended after 10 s. */
const endInTime = (ask: string) =>
  `${ask}; left=100; while kill -0 $$ && [ $left -gt 0 ]; do sleep 0.1; left=$((left - 1)); done; kill -KILL $$`;

export interface GuardedOptions {
  /** The server's command line. */
  readonly words: readonly string[];
  /** Default: as the caller. */
  readonly runAs?: Pick<RunAs, 'prefix' | 'user'>;
  readonly cwd: string;
  /** Takes what the server prints, behind what is there. */
  readonly logFile: string;
  /** What tells this server to stop in an orderly way. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  /** Whether it is killed where it does not stop; it must be able to bear that. Default false. */
  readonly mayBeKilled?: boolean;
}

/** Starts a server that ends with the calling process at the latest; it need not be ready yet. */
export function spawnGuarded(options: GuardedOptions): ServerProcess {
  const { words, runAs = { prefix: [] }, cwd, logFile, stopSignal, mayBeKilled = false } = options;
  const log = openSync(logFile, 'a', 0o644);
  const ask = `kill -${stopSignal.slice('SIG'.length)} $$`;
  const script = guarded(mayBeKilled ? endInTime(ask) : ask);
  const [command = 'sh', ...args] = [...runAs.prefix, 'sh', '-c', script, 'sh', ...words];
  const child = spawn(command, args, {
    ...runAs.user,
    cwd,
    env: serverEnvironment(),
    // A session of its own: Ctrl-C at the terminal must reach the caller only, who stops the server last.
    detached: true,
    stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  return watched(child);
}

function watched(child: ChildProcess): ServerProcess {
  const pipe = child.stdio[3] as NodeJS.WritableStream | null;
  pipe?.on('error', () => undefined);
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => {
      pipe?.end('gone\n');
      resolve(signal ? `ended by ${signal}` : `exit code ${code}`);
    });
  });
  return { pid: child.pid ?? -1, exited, kill: (signal) => void child.kill(signal) };
}
