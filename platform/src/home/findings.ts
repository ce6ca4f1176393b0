import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { freemem, totalmem } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { choicesOf } from '../choices/choices.ts';
import { Fault } from '../faults.ts';
import { serversOf } from '../servers/servers.ts';
import type { System } from '../system.ts';
import { leftovers } from './leftovers.ts';
import { freeMb, LEAST_FREE_MB, prepareHome, requireFreePorts } from './preflight.ts';
import { requireOurVersion } from './version.ts';

/** One thing that phone82 needs, and what to do where it is amiss. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly todo?: string;
}

const NEEDED_MEMORY_MB = 1_000;
const OLDEST_NODE = 24;
const BYTES_PER_MB = 1024 * 1024;

export async function findings(system: System, isUp: boolean): Promise<readonly Finding[]> {
  return Promise.all([
    node(system),
    npm(),
    memory(),
    attempt(`data folder ${system.home}`, async () => {
      await prepareHome(system);
      await requireOurVersion(system);
    }),
    disk(system),
    isUp
      ? { ok: true, what: 'ports: in use by phone82 itself, which is up' }
      : attempt('ports are free', async () =>
          requireFreePorts(system, serversOf(system, await choicesOf(system), () => undefined).all),
        ),
    isUp ? { ok: true, what: 'processes: phone82 is up' } : processes(system),
  ]);
}

async function node({ root }: System): Promise<Finding> {
  const pinned = (await readFile(path.join(root, '.nvmrc'), 'utf8').catch(() => '')).trim();
  const ok = Number.parseInt(process.versions.node, 10) >= OLDEST_NODE;
  const what = `Node ${process.versions.node} (${process.execPath}), pinned is ${pinned}`;
  return { ok, what, todo: 'start phone82 with ./phone82, which brings a fitting one' };
}

async function npm(): Promise<Finding> {
  const version = await promisify(execFile)('npm', ['--version']).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
  return {
    ok: version !== undefined,
    what: `npm ${version ?? 'is missing'}`,
    todo: 'install Node.js with npm',
  };
}

async function memory(): Promise<Finding> {
  const info = await readFile('/proc/meminfo', 'utf8').catch(() => '');
  const availableKb = Number(/^MemAvailable:\s+(\d+)/m.exec(info)?.[1] ?? freemem() / 1024);
  const freeMegabytes = Math.round(availableKb / 1024);
  // macOS counts its caches as used, so what is free there says little.
  const enough =
    (process.platform === 'darwin' ? totalmem() / BYTES_PER_MB : freeMegabytes) >= NEEDED_MEMORY_MB;
  return {
    ok: enough,
    what: `memory: ${freeMegabytes} MB free`,
    todo: `end other programs: phone82 takes up to ${NEEDED_MEMORY_MB} MB`,
  };
}

async function disk(system: System): Promise<Finding> {
  const free = await freeMb(system.home).catch(() => freeMb(system.root));
  return {
    ok: free >= LEAST_FREE_MB,
    what: `disk: ${Math.round(free)} MB free`,
    todo: `free ${LEAST_FREE_MB} MB at least, or put the data elsewhere with PHONE82_HOME`,
  };
}

async function processes(system: System): Promise<Finding> {
  const left = await leftovers(system);
  if (left.length === 0) return { ok: true, what: 'no processes of an earlier run are left' };
  return {
    ok: false,
    what: `processes of an earlier run are left (${left.map(({ pid }) => pid).join(', ')})`,
    todo: '"./phone82 down" ends them',
  };
}

async function attempt(what: string, check: () => Promise<void>): Promise<Finding> {
  try {
    await check();
    return { ok: true, what };
  } catch (error) {
    if (!(error instanceof Fault) && !(error as NodeJS.ErrnoException).code) throw error;
    return { ok: false, what, todo: (error as Error).message };
  }
}
