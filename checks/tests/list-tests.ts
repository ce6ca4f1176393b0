import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runQueue } from './file-queue.ts';
import { findTestFiles } from './test-file.ts';

const RECORDER = join(import.meta.dirname, 'record-titles.ts');

export interface ListOptions {
  readonly globs: readonly string[];
  readonly root: string;
  /** Takes a line per test. Default: the console. */
  readonly print?: (line: string) => void;
}

/**
 * Prints a line for each test, `FILE › GROUP › TITLE`, sorted. Each file is loaded with a stand-in for node:test that runs groups and no
 * test, so no server starts.
 * @throws Error where a file can't be loaded.
 */
export async function listTests({ globs, root, print = console.log }: ListOptions): Promise<void> {
  const files = findTestFiles({ globs, root }, {});
  // What a file makes while it is loaded goes with this folder.
  const scratch = mkdtempSync(join(tmpdir(), 'phone82-list-'));
  const lines: string[] = [];
  const slots = availableParallelism();
  try {
    await runQueue(
      files.map(({ path }) => ({ path, startsSystem: false, isAlone: false })),
      { files: slots, systems: slots },
      async ({ path }) => {
        const titles = await titlesOf(resolve(root, path), scratch);
        lines.push(...titles.map((title) => `${path} › ${title}`));
      },
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  for (const line of lines.sort()) print(line);
}

function titlesOf(file: string, scratch: string): Promise<string[]> {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const child = spawn(process.execPath, [RECORDER, file], {
    env: { ...env, TMPDIR: scratch },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let [titles, errors] = ['', ''];
  child.stdio[3]?.on('data', (part) => {
    titles += part;
  });
  child.stderr?.on('data', (part) => {
    errors += part;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      if (code === 0) done(titles.split('\n').filter(Boolean));
      else fail(new Error(`${file} can't be loaded:\n${errors}`));
    });
  });
}
