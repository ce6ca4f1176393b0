import type { TestFile } from './test-file.ts';

/** How many files may run at the same time. */
export interface Limits {
  readonly files: number;
  /** Of these, how many may start whole systems. */
  readonly systems: number;
}

export type QueuedFile = Pick<TestFile, 'startsSystem' | 'isAlone'>;

/**
 * Runs the work for every file in their order, as many at a time as the limits allow. A file that has to wait for a slot of its kind lets
 * later ones pass.
 */
export async function runQueue<File extends QueuedFile>(
  files: readonly File[],
  limits: Limits,
  work: (file: File) => Promise<void>,
): Promise<void> {
  const waiting = [...files];
  const running = new Map<File, Promise<void>>();
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.findIndex((file) => mayStart(file, [...running.keys()], limits));
    if (next < 0) {
      await Promise.race(running.values());
      continue;
    }
    const [file] = waiting.splice(next, 1) as [File];
    running.set(
      file,
      work(file).finally(() => running.delete(file)),
    );
  }
}

function mayStart(file: QueuedFile, running: readonly QueuedFile[], { files, systems }: Limits): boolean {
  if (running.length === 0) return true;
  if (file.isAlone || running.some(({ isAlone }) => isAlone)) return false;
  if (running.length >= files) return false;
  return !file.startsSystem || running.filter(({ startsSystem }) => startsSystem).length < systems;
}
