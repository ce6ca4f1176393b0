import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exists } from '@phone82/local-server';
import { endOf } from '@phone82/testkit';

const VERSION = '4.32.5';
const root = path.resolve(import.meta.dirname, '..', '..');

/** Installs the pinned schemathesis with the machine's Python into `.phone82/`, once, and gives the path of its program. */
export async function installSchemathesis(print: (line: string) => void): Promise<string> {
  const folder = path.join(root, '.phone82', 'schemathesis', VERSION);
  const done = path.join(folder, 'installed');
  const program = path.join(folder, 'bin', 'schemathesis');
  if (await exists(done)) return program;
  print(`installing schemathesis ${VERSION} (once, about a minute)`);
  await mkdir(folder, { recursive: true });
  await run('python3', '-m', 'venv', folder);
  await run(path.join(folder, 'bin', 'pip'), 'install', '--quiet', `schemathesis==${VERSION}`);
  await writeFile(done, '');
  return program;
}

async function run(command: string, ...words: string[]): Promise<void> {
  const { code, stderr } = await endOf(spawn(command, words)).catch((error: Error) => ({
    code: -1,
    stderr: error.message,
  }));
  if (code !== 0)
    throw new Error(
      `"${command} ${words.join(' ')}" failed: schemathesis needs Python 3.10 with venv (apt-get install python3-venv).\n${stderr}`,
    );
}
