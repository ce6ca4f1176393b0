import { readFileSync } from 'node:fs';
import path from 'node:path';

// Runs before anything is installed: only Node itself may be imported here.

interface Entry {
  readonly version?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

interface Lockfile {
  readonly packages: Readonly<Record<string, Entry>>;
}

/**
 * Whether node_modules holds what package-lock.json asks for, by npm's own note of what it put there;
 * `production` leaves out what only tests and checks need.
 */
export function isInstalled(root: string, extent: 'production' | 'all'): boolean {
  const wanted = lockfile(path.join(root, 'package-lock.json'));
  const present = lockfile(path.join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !present) return false;
  return Object.entries(wanted.packages)
    .filter(([place]) => place.startsWith('node_modules/'))
    .filter(([, entry]) => extent === 'all' || !(entry.dev || entry.devOptional))
    .every(([place, entry]) => isThere(entry, present.packages[place]));
}

function isThere(wanted: Entry, present: Entry | undefined): boolean {
  if (!present) return wanted.optional === true && !isForThisMachine(wanted);
  return present.version === wanted.version && present.integrity === wanted.integrity;
}

/** Optional packages without a machine of their own may be missing for good reasons that only npm knows. */
const isForThisMachine = ({ os, cpu, dev }: Entry) =>
  !dev && os?.includes(process.platform) === true && cpu?.includes(process.arch) === true;

function lockfile(file: string): Lockfile | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Lockfile;
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const [, , root = '.', extent] = process.argv;
  process.exitCode = isInstalled(root, extent === 'all' ? 'all' : 'production') ? 0 : 1;
}
