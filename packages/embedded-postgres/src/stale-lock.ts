import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * Removes the lock of a server that crashed with its machine. PostgreSQL itself refuses to start when the
 * process id in that file happens to belong to another program now.
 */
export async function removeStaleLock(folder: string): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return;
  if (!(await runsServerOf(pid, folder))) await rm(file, { force: true });
}

async function runsServerOf(pid: number, folder: string): Promise<boolean> {
  const command = await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    (error: { code?: number | string }) => (error.code === 'ENOENT' ? commandFromProc(pid) : ''),
  );
  return command.includes(folder);
}

const commandFromProc = (pid: number) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
