import path from 'node:path';
import { freePort, stopServer } from '@phone82/local-server';
import { endChild, startChild, untilListening } from '../processes/child.ts';
import { startPsp } from '../processes/psp.ts';
import { startRestateServer } from './server.ts';

export interface RestateSystem {
  /** Where orders are sent. */
  readonly url: string;
  /** The PSP's books. */
  readonly pspFile: string;
  readonly pids: Readonly<Record<string, number>>;
  readonly readyMs: number;
  stop(): Promise<void>;
}

const STOP_PATIENCE_MS = 10_000;

/** Starts Restate's server in a folder, a process with the five steps, and the PSP's simulator. */
export async function startRestateSystem(
  folder: string,
  log: (line: string) => void,
): Promise<RestateSystem> {
  const startedAt = performance.now();
  const server = await startRestateServer(folder, log);
  const [steps, psp] = [await freePort(), await freePort()];
  const pspFile = path.join(folder, 'psp.db');
  const program = (name: string) => path.join(import.meta.dirname, '..', name);
  const pspProcess = startPsp(psp, pspFile);
  const stepsProcess = startChild(program('restate/orders.ts'), {
    PORT: String(steps),
    PSP_URL: `http://127.0.0.1:${psp}`,
    // Else it says two lines for each order, and is slower for it.
    RESTATE_LOGGING: 'ERROR',
  });
  const stop = async () => {
    await stopServer(server.process, { ask: 'SIGTERM', insist: 'SIGKILL', patienceMs: STOP_PATIENCE_MS });
    await Promise.all([pspProcess, stepsProcess].map(endChild));
  };
  try {
    await Promise.all([steps, psp].map(untilListening));
    await server.register(`http://127.0.0.1:${steps}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: server.ingress,
    pspFile,
    pids: { restate: server.process.pid, steps: stepsProcess.pid ?? 0, psp: pspProcess.pid ?? 0 },
    readyMs: performance.now() - startedAt,
    stop,
  };
}
