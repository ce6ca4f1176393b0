import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type ServerProcess, spawnGuarded, spawnUntilReady } from '@phone82/local-server';
import type { DataFolder } from './data-folder.ts';
import { errorFromLog } from './errors-from-log.ts';
import { serverSettings } from './settings.ts';

export interface ServerOptions {
  readonly mariadbd: string;
  readonly data: DataFolder;
  readonly dataDir: string;
  readonly port: number;
  readonly durable: boolean;
  readonly logFile: string;
}

const READY = /mariadbd: ready for connections/;

/** Starts the server and waits until it accepts connections. */
export function runServer(options: ServerOptions): Promise<ServerProcess> {
  const { dataDir, port, logFile } = options;
  return spawnUntilReady({
    logFile,
    spawn: () => spawnServer(options),
    isReady: async (server, printed) =>
      (await hasWrittenPid(options, server.pid)) && READY.test(await printed()),
    failed: (printed) => errorFromLog(printed, { dataDir, port }, 'startFailed'),
  });
}

/** An earlier server of the same folder, on its way out or in, writes to the same log. */
async function hasWrittenPid({ data }: ServerOptions, pid: number): Promise<boolean> {
  const written = await readFile(pidFile(data), 'utf8').catch(() => '');
  return Number(written.trim()) === pid;
}

const pidFile = ({ folder }: DataFolder) => path.join(folder, 'mariadbd.pid');

function spawnServer({ mariadbd, data, port, durable, logFile }: ServerOptions): ServerProcess {
  const { runAs, folder, temporary, initFile } = data;
  const words = [
    mariadbd,
    '--no-defaults',
    `--datadir=${folder}`,
    `--tmpdir=${temporary}`,
    `--port=${port}`,
    `--init-file=${initFile}`,
    `--pid-file=${pidFile(data)}`,
    ...serverSettings(durable),
  ];
  const cwd = path.dirname(folder);
  // Asked to stop while it reads the accounts, MariaDB hangs; InnoDB bears to be killed.
  return spawnGuarded({ words, runAs, cwd, logFile, stopSignal: 'SIGTERM', mayBeKilled: true });
}
