import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The checkout that the checks run on. */
export const projectRoot = join(import.meta.dirname, '..');

const NOT_OURS = new Set(['node_modules', '.git', '.phone82', 'dist', 'coverage']);

/** Every file of the project below a folder, as paths relative to it with `/`, sorted. */
export function projectFiles(root: string = projectRoot): string[] {
  const entries = readdirSync(root, { withFileTypes: true }).filter((entry) => !NOT_OURS.has(entry.name));
  return entries
    .flatMap((entry) => filesOf(root, entry))
    .map((path) => relative(root, path).split(sep).join('/'))
    .sort();
}

function filesOf(folder: string, entry: Dirent): string[] {
  const path = join(folder, entry.name);
  if (entry.isDirectory()) return projectFiles(path).map((inside) => join(path, inside));
  return entry.isFile() && !entry.name.endsWith('.log') ? [path] : [];
}

/** TypeScript that people write: no generated files, no declarations. */
export function isSource(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !path.includes('/generated/');
}

/** Code that only runs to try other code: test files, what they share, and the testkit. */
export function isTestCode(path: string): boolean {
  return (
    /\.test\.tsx?$/.test(path) || /(^|\/)test\//.test(path) || /^(packages\/testkit|e2e|chaos)\//.test(path)
  );
}

export function readProjectFile(path: string, root: string = projectRoot): string {
  return readFileSync(join(root, path), 'utf8');
}
