import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const VERSION = '1.7.12';
const CACHE = path.resolve(import.meta.dirname, '..', '..', '.phone82', 'cache');

/**
 * Restate's server, which npm brings into phone82's cache once: at 225 MB it is nothing that who only starts phone82 should
 * have to wait for. @throws Error where npm can't bring it.
 */
export async function restateServer(log: (line: string) => void): Promise<string> {
  const folder = path.join(CACHE, `restate-server-${VERSION}`);
  const packageName = `@restatedev/restate-server-${process.platform}-${process.arch}`;
  const program = path.join(folder, 'node_modules', packageName, 'bin', 'restate-server');
  if (await exists(program)) return program;
  log(`  bringing Restate's server ${VERSION} from npm (once, about 70 MB)`);
  const fresh = `${folder}.${process.pid}`;
  await mkdir(fresh, { recursive: true });
  try {
    await install(fresh, `${packageName}@${VERSION}`);
    // Who was quicker has the same files there: theirs are taken.
    await rename(fresh, folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return program;
}

async function install(folder: string, wanted: string): Promise<void> {
  const words = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', [...words, wanted]).catch((error) => {
    throw new Error(`npm could not bring ${wanted}: ${error.stderr || error.message}`, { cause: error });
  });
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
