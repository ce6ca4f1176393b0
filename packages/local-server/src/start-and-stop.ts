import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { ServerProcess } from './guarded-process.ts';
import { LocalServerError } from './local-server-error.ts';
import { logSize, textOfLog } from './server-log.ts';

const IN_USE_PATIENCE_MS = 10_000;
const FREE_PORT_TRIES = 5;

/**
 * Starts a server on this port, or on a free one if it is 0; once more where another program was quicker to take the free one, and
 * again while an earlier server, whose caller was just killed, still has the data folder.
 */
export async function startOnPort<T>(
  { port: wanted = 0, log }: { readonly port?: number | undefined; log(message: string): void },
  start: (port: number) => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + IN_USE_PATIENCE_MS;
  for (let attempt = 1; ; attempt++) {
    const port = wanted || (await freePort());
    try {
      return await start(port);
    } catch (error) {
      const fault = error instanceof LocalServerError ? error.fault : undefined;
      const portRaced = fault === 'portTaken' && !wanted && attempt < FREE_PORT_TRIES;
      // A server whose caller was just killed is on its way out: wait for it.
      const stillLeaving = fault === 'inUse' && Date.now() < deadline;
      if (!portRaced && !stillLeaving) throw error;
      if (attempt === 1) log('waiting for an earlier server to end');
      await delay(stillLeaving ? 200 : 0);
    }
  }
}

export interface ReadyOptions {
  readonly logFile: string;
  spawn(): ServerProcess;
  /** Whether the server takes connections; `printed` is what it has said so far. */
  isReady(server: ServerProcess, printed: () => Promise<string>): Promise<boolean>;
  /** The error for a server that ended instead, by what it printed. */
  failed(printed: string): Error;
}

/** Starts a server's process and waits until it takes connections. */
export async function spawnUntilReady({
  logFile,
  spawn,
  isReady,
  failed,
}: ReadyOptions): Promise<ServerProcess> {
  const logStart = await logSize(logFile);
  const printed = () => textOfLog(logFile, logStart);
  const server = spawn();
  let reason: string | undefined;
  void server.exited.then((why) => {
    reason = why;
  });
  while (!(await isReady(server, printed))) {
    if (reason !== undefined) throw failed(await printed());
    await delay(15);
  }
  return server;
}

/** Asks a server to end by a signal, and insists by another after a while. */
export async function stopServer(
  server: ServerProcess,
  how: { readonly ask: NodeJS.Signals; readonly insist: NodeJS.Signals; readonly patienceMs: number },
): Promise<void> {
  server.kill(how.ask);
  const patience = setTimeout(() => server.kill(how.insist), how.patienceMs);
  await server.exited;
  clearTimeout(patience);
}
