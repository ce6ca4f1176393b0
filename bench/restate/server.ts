import path from 'node:path';
import { freePort, type ServerProcess, spawnGuarded, spawnUntilReady } from '@phone82/local-server';
import { restateServer } from './server-program.ts';

export interface RestateServer {
  readonly process: ServerProcess;
  /** Where requests are taken. */
  readonly ingress: string;
  /** Tells it of the process that has the steps. */
  register(url: string): Promise<void>;
}

/**
 * Starts a Restate server with its own defaults, on ports of its own. Its log syncs each batch before anyone is answered, which is
 * its default and said once more here; the state beside the log is made from the log again.
 */
export async function startRestateServer(
  folder: string,
  log: (line: string) => void,
): Promise<RestateServer> {
  const program = await restateServer(log);
  const [ingress, admin, fabric] = [await freePort(), await freePort(), await freePort()];
  const settings = {
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
    RESTATE_BIND_ADDRESS: `127.0.0.1:${fabric}`,
    RESTATE_LISTEN_MODE: 'tcp',
    RESTATE_LOG_SERVER__ROCKSDB_DISABLE_WAL_FSYNC: 'false',
    DO_NOT_TRACK: '1',
  };
  const words = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  const logFile = path.join(folder, 'restate.log');
  const process = await spawnUntilReady({
    logFile,
    spawn: () =>
      spawnGuarded({
        words: ['env', ...words, program, '--no-logo', '--node-name', 'bench', '--base-dir', folder],
        cwd: folder,
        logFile,
        stopSignal: 'SIGTERM',
        mayBeKilled: true,
      }),
    isReady: async () => (await isHealthy(ingress, '/restate/health')) && (await isHealthy(admin, '/health')),
    failed: (printed) => new Error(`Restate could not start: ${printed}`),
  });
  return {
    process,
    ingress: `http://127.0.0.1:${ingress}`,
    register: (url) => register(`http://127.0.0.1:${admin}/deployments`, url),
  };
}

const isHealthy = (port: number, at: string) =>
  fetch(`http://127.0.0.1:${port}${at}`).then(
    ({ ok }) => ok,
    () => false,
  );

async function register(deployments: string, uri: string): Promise<void> {
  const answer = await fetch(deployments, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ uri }),
  });
  if (!answer.ok) throw new Error(`Restate refused the steps: ${answer.status} ${await answer.text()}`);
}
