import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { serviceNames } from '@phone82/service-list';
import { billOfMaterials } from './bill-of-materials.ts';
import { closureOf, type Lock } from './closure.ts';

const root = join(import.meta.dirname, '..', '..');
const WORKSPACES = serviceNames.map((name) => `services/${name}`);
const NOT_NEEDED = /\.(map|md|markdown|d\.[cm]?ts|flow|tsbuildinfo)$|\.test\.ts$/;
const NOT_ENTERED = new Set([
  'node_modules',
  'test',
  'tests',
  '__tests__',
  'docs',
  'example',
  'examples',
  'benchmarks',
  'benchmark',
  '.github',
]);

/** Lays out what the image holds: the services' sources, their dependencies, and the list of those. */
function stage(target: string, at: Date): void {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages as Lock;
  const folders = closureOf(lock, ['deploy', ...WORKSPACES, 'psp-simulator']).filter(isRun);
  for (const folder of folders) copy(folder, target, lock);
  writeFileSync(join(target, 'package.json'), '{ "type": "module", "private": true }\n');
  writeFileSync(
    join(target, 'sbom.cdx.json'),
    `${JSON.stringify(billOfMaterials(lock, folders, at), null, 1)}\n`,
  );
}

function copy(folder: string, target: string, lock: Lock): void {
  const from = join(root, folder);
  const to = join(target, folder);
  const locked = lock[folder];
  mkdirSync(dirname(to), { recursive: true });
  if (locked?.link) {
    symlinkSync(relative(dirname(to), join(target, locked.resolved as string)), to);
    return;
  }
  // Of packages for other machines there is nothing to copy.
  if (locked?.optional && !existsSync(from)) return;
  if (folder.includes('node_modules/')) requireVersion(from, folder, locked?.version);
  const isWanted = folder === 'deploy' ? isOfEntry : isNeeded;
  cpSync(from, to, { recursive: true, filter: (path) => isWanted(relative(from, path)) });
}

function requireVersion(from: string, folder: string, version: string | undefined): void {
  const file = join(from, 'package.json');
  if (!existsSync(file))
    throw new Error(`${folder} is not installed: "./phone82 doctor" installs what is missing`);
  const installed = JSON.parse(readFileSync(file, 'utf8')).version;
  if (installed !== version)
    throw new Error(
      `${folder} is ${installed}, and the lockfile says ${version}: "./phone82 doctor" installs it`,
    );
}

/** Of this folder the image needs what chooses the role. */
const isOfEntry = (path: string) => /^(|package\.json|image|image\/(entry|roles|schemas)\.ts)$/.test(path);

/** Types are read by the type checker only. */
const isRun = (folder: string) => !folder.includes('node_modules/@types/');

const isNeeded = (path: string) =>
  !NOT_NEEDED.test(path) && !path.split('/').some((part) => NOT_ENTERED.has(part));

const [target = '', epoch = '0'] = process.argv.slice(2);
stage(target, new Date(Number(epoch) * 1000));
