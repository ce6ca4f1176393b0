import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { bringOnce, exists } from '@phone82/local-server';

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
  await bringOnce(folder, (fresh) => install(fresh, `${packageName}@${VERSION}`));
  return program;
}

async function install(folder: string, wanted: string): Promise<void> {
  const words = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  await promisify(execFile)('npm', [...words, wanted]).catch((error) => {
    throw new Error(`npm could not bring ${wanted}: ${error.stderr || error.message}`, { cause: error });
  });
}
