import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { errorFromLog } from './errors-from-log.ts';
import { serverSettings } from './settings.ts';

/**
 * Becomes the server, after leaving behind a watcher that asks the server to stop when the pipe on
 * descriptor 3 ends without a word: then whoever started it is dead. The watcher is no child of the server,
 * which would take the end of an unknown child for a crash.
 */
const GUARDED = '( ( trap "" INT TERM HUP; read -r word <&3 || kill -INT $$ ) & ) ; exec "$@" 3<&-';

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the server is gone, with the reason. */
  readonly exited: Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export interface ServerOptions {
  readonly postgres: string;
  readonly cluster: Cluster;
  readonly dataDir: string;
  readonly port: number;
  readonly durable: boolean;
  readonly logFile: string;
}

/** Starts the server and waits until it accepts connections. */
export async function runServer(options: ServerOptions): Promise<ServerProcess> {
  const { dataDir, port, logFile } = options;
  const logStart = await stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );
  const server = spawnServer(options);
  let reason: string | undefined;
  void server.exited.then((why) => {
    reason = why;
  });
  while (!(await isReady(options.cluster.folder, server.pid))) {
    if (reason !== undefined)
      throw errorFromLog(await textFrom(logFile, logStart), { dataDir, port }, 'startFailed');
    await delay(15);
  }
  return server;
}

function spawnServer({ postgres, cluster, port, durable, logFile }: ServerOptions): ServerProcess {
  const { runAs, folder } = cluster;
  const log = openSync(logFile, 'a', 0o644);
  const serverWords = [postgres, '-D', folder, '-p', String(port), ...serverSettings(durable)];
  const [command = 'sh', ...args] = [...runAs.prefix, 'sh', '-c', GUARDED, 'sh', ...serverWords];
  const child = spawn(command, args, {
    ...runAs.user,
    cwd: path.dirname(folder),
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

async function isReady(folder: string, pid: number): Promise<boolean> {
  const lines = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

async function textFrom(file: string, start: number): Promise<string> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size - start, 65_536)), {
    position: start,
  });
  return buffer.toString('utf8', 0, bytesRead);
}
