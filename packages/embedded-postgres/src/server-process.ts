import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ServerProcess, spawnGuarded, spawnUntilReady } from '@phone82/local-server';
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
export function runServer(options: ServerOptions): Promise<ServerProcess> {
  const { dataDir, port, logFile } = options;
  return spawnUntilReady({
    logFile,
    spawn: () => spawnServer(options),
    isReady: (server) => isReady(options.cluster.folder, server.pid),
    failed: (printed) => errorFromLog(printed, { dataDir, port }, 'startFailed'),
  });
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
