/** A package of the lockfile, as far as an image needs to know it. */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

export type Lock = Readonly<Record<string, LockedPackage>>;

/**
 * Everything that workspaces need at run time: their folders, and those of the packages below `node_modules`, found as Node
 * finds them. Development dependencies are not followed; optional ones are, where the lockfile has them.
 * @throws Error for a dependency that the lockfile does not have.
 */
export function closureOf(lock: Lock, workspaces: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const visit = (folder: string): void => {
    if (found.has(folder)) return;
    found.add(folder);
    const { dependencies = {}, optionalDependencies = {} } = lock[folder] ?? {};
    for (const name of [
      ...Object.keys({ ...dependencies, ...optionalDependencies }),
      ...neededPeers(lock[folder]),
    ]) {
      const place = placeOf(lock, folder, name);
      if (place && lock[place]?.link) {
        found.add(place);
        visit(lock[place].resolved as string);
      } else if (place) visit(place);
      else if (name in dependencies && !(name in optionalDependencies))
        throw new Error(`the lockfile has no ${name}, which ${folder} needs`);
    }
  };
  for (const workspace of workspaces) visit(workspace);
  return [...found].sort();
}

const neededPeers = ({ peerDependencies = {}, peerDependenciesMeta = {} }: LockedPackage = {}) =>
  Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);

/** The innermost `node_modules` on the way up that has the package. */
function placeOf(lock: Lock, folder: string, name: string): string | undefined {
  for (let at = folder; ; at = at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '') {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock[place]) return place;
    if (at === '') return undefined;
  }
}
