import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the server is gone, with the reason. */
  readonly exited: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export interface GuardedOptions {
  /** The server's command line. */
  readonly words: readonly string[];
  /** What goes before it, to run it as another user. */
  readonly prefix?: readonly string[];
  readonly user?: Pick<SpawnOptions, 'uid' | 'gid'>;
  readonly cwd: string;
  /** Takes what the server prints, behind what is there. */
  readonly logFile: string;
  /** What tells this server to stop in an orderly way. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
}

/**
 * Becomes the server, after leaving behind a watcher that asks the server to stop when the pipe on
 * descriptor 3 ends without a word: then whoever started it is dead. The watcher is no child of the server,
 * which would take the end of an unknown child for a crash.
 */
const guarded = (stopSignal: GuardedOptions['stopSignal']) =>
  `( ( trap "" INT TERM HUP; read -r word <&3 || kill -${stopSignal.slice(3)} $$ ) & ) ; exec "$@" 3<&-`;

/** Starts a server that ends with the calling process at the latest; it need not be ready yet. */
export function spawnGuarded(options: GuardedOptions): ServerProcess {
  const { words, prefix = [], user, cwd, logFile, stopSignal } = options;
  const log = openSync(logFile, 'a', 0o644);
  const [command = 'sh', ...args] = [...prefix, 'sh', '-c', guarded(stopSignal), 'sh', ...words];
  const child = spawn(command, args, {
    ...user,
    cwd,
    env: { ...process.env, TZ: 'UTC' },
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
