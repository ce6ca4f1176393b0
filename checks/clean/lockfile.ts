import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly version?: string;
  readonly link?: boolean;
}

/**
 * Where the lockfile and the manifests of the workspaces disagree, and which dependencies are not
 * pinned to one version.
 */
export function lockfileFaults(root: string): string[] {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
  const locked = read('package-lock.json').packages as Readonly<Record<string, Manifest>>;
  const patterns = (read('package.json') as Manifest).workspaces ?? [];
  const folders = globSync([...patterns], { cwd: root }).filter(
    (folder) => globSync('package.json', { cwd: join(root, folder) }).length > 0,
  );
  return ['', ...folders.sort()].flatMap((folder) => {
    const path = join(folder, 'package.json');
    return faultsOf(path, folder, read(path) as Manifest, locked);
  });
}

function faultsOf(
  path: string,
  folder: string,
  manifest: Manifest,
  locked: Readonly<Record<string, Manifest>>,
): string[] {
  const inLock = locked[folder];
  if (!inLock) return [`${path} is not in the lockfile`];
  const declared = dependenciesOf(manifest);
  const remembered = dependenciesOf(inLock);
  const names = new Set([...Object.keys(declared), ...Object.keys(remembered)]);
  return [...names].flatMap((name) => {
    if (declared[name] !== remembered[name])
      return [`${path} wants ${name} ${declared[name]}, the lockfile ${remembered[name]}`];
    const installed = locked[`${folder}/node_modules/${name}`] ?? locked[`node_modules/${name}`];
    if (!installed) return [`${path} wants ${name}, which the lockfile does not install`];
    return installed.link || declared[name] === installed.version
      ? []
      : [`${path} does not pin ${name}: ${declared[name]} became ${installed.version}`];
  });
}

const dependenciesOf = ({ dependencies, devDependencies }: Manifest) => ({
  ...dependencies,
  ...devDependencies,
});
