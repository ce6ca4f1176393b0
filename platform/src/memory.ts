import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { listProcesses } from './processes.ts';

const KB_PER_MB = 1024;

/** Megabytes of memory that one process uses. On Linux a page that several share counts in parts, so that sums are right. */
export const memoryOf = async (pid: number) => Math.round((await sizeKb(pid)) / KB_PER_MB);

/** The same for several processes, each with its child processes. */
export async function memoryOfFamilies(pids: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const all = await listProcesses();
  const sums = pids.map(async (pid) => {
    const family = [pid, ...all.filter(({ parent }) => parent === pid).map((child) => child.pid)];
    const sizes = await Promise.all(family.map(sizeKb));
    return [pid, Math.round(sizes.reduce((sum, size) => sum + size, 0) / KB_PER_MB)] as const;
  });
  return new Map(await Promise.all(sums));
}

async function sizeKb(pid: number): Promise<number> {
  if (process.platform === 'linux') return (await sizeOnLinux(pid)).pssKb;
  const printed = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]).catch(() => ({
    stdout: '0',
  }));
  return Number(printed.stdout.trim());
}

/** Kilobytes of a process on Linux: all that is resident, and with shared pages counted in parts. Zeros for one that is gone. */
export async function sizeOnLinux(pid: number): Promise<{ readonly rssKb: number; readonly pssKb: number }> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kb = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
  return { rssKb: kb('Rss'), pssKb: kb('Pss') };
}
