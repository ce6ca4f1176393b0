import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type ServerProcess, spawnGuarded } from '@phone82/local-server';
import type { Cluster } from './cluster.ts';
import { errorFromLog } from './errors-from-log.ts';
import { serverSettings } from './settings.ts';

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
  return spawnGuarded({
    prefix: runAs.prefix,
    user: runAs.user,
    words: [postgres, '-D', folder, '-p', String(port), ...serverSettings(durable)],
    cwd: path.dirname(folder),
    logFile,
    stopSignal: 'SIGINT',
  });
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
