import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { diskFull, Fault, isDiskFull, notWritable } from '../faults.ts';
import { placeOf, portOf, type System } from '../system.ts';

export const LEAST_FREE_MB = 200;
const BYTES_PER_MB = 1024 * 1024;

interface Place {
  readonly name: string;
  readonly port: number;
}

/** Makes the data folder with what belongs in it. @throws Fault where that can't be written. */
export async function prepareHome(system: System): Promise<void> {
  try {
    for (const name of ['logs', 'run', 'sqlite', 'cache'] as const)
      await mkdir(placeOf(system, name), { recursive: true });
    await access(system.home, constants.W_OK);
  } catch (error) {
    // On a read-only disk Node reports that a folder above is missing, so the code is not asked.
    throw isDiskFull(error) ? diskFull(system.home) : notWritable(system.home);
  }
}

export async function freeMb(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return (bavail * bsize) / BYTES_PER_MB;
}

/** @throws Fault if the databases could fill the disk at once. */
export async function requireFreeDisk(system: System, measure = freeMb): Promise<void> {
  if ((await measure(system.home)) < LEAST_FREE_MB) throw diskFull(system.home);
}

/** Ports of the system's servers and services that other programs listen on. */
async function takenPorts(system: System, servers: readonly Place[]): Promise<readonly Place[]> {
  const services = system.topology.services.map((spec) => ({ name: spec.name, port: portOf(system, spec) }));
  const wanted = [...servers, ...services];
  const free = await Promise.all(wanted.map(({ port }) => isFree(port)));
  return wanted.filter((_, index) => !free[index]);
}

/** @throws Fault that names the ports that others have. */
export async function requireFreePorts(system: System, servers: readonly Place[]): Promise<void> {
  const taken = await takenPorts(system, servers);
  if (taken.length === 0) return;
  const list = taken.map(({ name, port }) => `${port} (${name})`).join(', ');
  throw new Fault(
    `${taken.length === 1 ? 'Port' : 'Ports'} ${list} ${taken.length === 1 ? 'is' : 'are'} taken by another program: ` +
      'stop that program, or shift all ports with PHONE82_PORT_OFFSET=100.',
  );
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
