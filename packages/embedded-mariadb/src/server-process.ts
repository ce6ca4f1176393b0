import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { logSize, type ServerProcess, spawnGuarded, textOfLog } from '@phone82/local-server';
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
export async function runServer(options: ServerOptions): Promise<ServerProcess> {
  const { dataDir, port, logFile } = options;
  const logStart = await logSize(logFile);
  const server = spawnServer(options);
  let reason: string | undefined;
  void server.exited.then((why) => {
    reason = why;
  });
  const isReady = async () =>
    (await hasWrittenPid(options, server.pid)) && READY.test(await textOfLog(logFile, logStart));
  while (!(await isReady())) {
    if (reason !== undefined)
      throw errorFromLog(await textOfLog(logFile, logStart), { dataDir, port }, 'startFailed');
    await delay(15);
  }
  return server;
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
