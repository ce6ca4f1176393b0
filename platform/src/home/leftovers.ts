import type { Clock } from '../clock.ts';
import { listProcesses, type ProcessEntry } from '../processes.ts';
import type { System } from '../system.ts';

/** The last argument of every service process, by which a data folder's processes are known. */
export const homeMark = (home: string) => `--phone82-home=${home}`;

/** Processes of this system that are alive though their supervisor is gone. */
export async function leftovers(system: System): Promise<readonly ProcessEntry[]> {
  const mark = homeMark(system.home);
  const all = await listProcesses();
  return all.filter(
    ({ pid, command }) =>
      pid !== process.pid && (command.endsWith(mark) || serverOf(system.home, command) !== undefined),
  );
}

/** The server of the data folder that a command line is of, with the signal that ends it in an orderly way. */
function serverOf(home: string, command: string) {
  const servers: readonly { words: string; stopSignal: NodeJS.Signals }[] = [
    { words: `/postgres -D ${home}/postgres/cluster -p `, stopSignal: 'SIGINT' },
    { words: ` kafka.Kafka ${home}/kafka/server.properties`, stopSignal: 'SIGTERM' },
    { words: `/mariadbd --no-defaults --datadir=${home}/mariadb/data `, stopSignal: 'SIGTERM' },
  ];
  // The watcher beside a server has the server's words in its own.
  return command.includes('sh -c') ? undefined : servers.find(({ words }) => command.includes(words));
}

const PATIENCE_MS = 3_000;
const LONGEST_MS = 15_000;

/** Waits for what an earlier supervisor left behind, which is on its way out, and kills services that linger. */
export async function clearLeftovers(
  system: System,
  clock: Clock,
  tell: (message: string) => void,
): Promise<void> {
  const start = clock.now();
  let killed = false;
  for (;;) {
    const left = await leftovers(system);
    if (left.length === 0 || clock.now() - start > LONGEST_MS) return;
    if (clock.now() === start) tell(`waiting for ${left.length} processes of an earlier run to end`);
    if (!killed && clock.now() - start > PATIENCE_MS) {
      killed = true;
      for (const { pid, command } of left) end(pid, serverOf(system.home, command)?.stopSignal ?? 'SIGKILL');
    }
    await clock.sleep(100);
  }
}

function end(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime.
  }
}
