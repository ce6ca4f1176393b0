import { readFile } from 'node:fs/promises';
import { sizeOnLinux } from '../../platform/src/memory.ts';
import { listProcesses } from '../../platform/src/processes.ts';

/** What processes took so far, by name; each with its children, such as the backends of PostgreSQL. */
export interface Usage {
  readonly cpuSeconds: Readonly<Record<string, number>>;
  /** All of them. A page that several share counts once for each in `rssMb`, in parts in `pssMb`. */
  readonly rssMb: number;
  readonly pssMb: number;
}

/** Linux counts the time of processes in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;
const KB_PER_MB = 1_024;

export async function usageOf(pids: Readonly<Record<string, number>>): Promise<Usage> {
  const all = await listProcesses();
  // A supervisor is the parent of the others: those with a name of their own count there.
  const named = new Set(Object.values(pids));
  const families = Object.entries(pids).map(([name, pid]) => ({
    name,
    pid,
    children: all.filter((one) => one.parent === pid && !named.has(one.pid)).map((child) => child.pid),
  }));
  const cpuSeconds = await Promise.all(
    families.map(async ({ name, pid, children }) => {
      const ticks = await Promise.all([
        ticksOf(pid, true),
        ...children.map((child) => ticksOf(child, false)),
      ]);
      return [name, sum(ticks) / TICKS_PER_SECOND] as const;
    }),
  );
  const members = families.flatMap(({ pid, children }) => [pid, ...children]);
  const sizes = await Promise.all(members.map(sizeOnLinux));
  return {
    cpuSeconds: Object.fromEntries(cpuSeconds),
    rssMb: sum(sizes.map(({ rssKb }) => rssKb)) / KB_PER_MB,
    pssMb: sum(sizes.map(({ pssKb }) => pssKb)) / KB_PER_MB,
  };
}

/** Time in user and system mode; `withGone` adds that of children that have ended. */
async function ticksOf(pid: number, withGone: boolean): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // After the name in brackets, which may hold blanks: state is the third field, utime the fourteenth.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return sum(fields.slice(11, withGone ? 15 : 13));
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

/** CPU milliseconds of each process between two looks, for each of a number of orders. */
export function cpuPerOrder(before: Usage, after: Usage, orders: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after.cpuSeconds).map(([name, seconds]) => [
      name,
      (1_000 * (seconds - (before.cpuSeconds[name] ?? 0))) / Math.max(1, orders),
    ]),
  );
}
