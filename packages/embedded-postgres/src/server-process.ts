import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { logSize, type ServerProcess, spawnGuarded, textOfLog } from '@phone82/local-server';
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
  const logStart = await logSize(logFile);
  const server = spawnServer(options);
  let reason: string | undefined;
  void server.exited.then((why) => {
    reason = why;
  });
  while (!(await isReady(options.cluster.folder, server.pid))) {
    if (reason !== undefined)
      throw errorFromLog(await textOfLog(logFile, logStart), { dataDir, port }, 'startFailed');
    await delay(15);
  }
  return server;
}

function spawnServer({ postgres, cluster, port, durable, logFile }: ServerOptions): ServerProcess {
  const { runAs, folder } = cluster;
  const words = [postgres, '-D', folder, '-p', String(port), ...serverSettings(durable)];
  return spawnGuarded({ words, runAs, cwd: path.dirname(folder), logFile, stopSignal: 'SIGINT' });
}

async function isReady(folder: string, pid: number): Promise<boolean> {
  const lines = (await readFile(path.join(folder, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}
