import { copyFile, open, readdir, rename, stat, truncate } from 'node:fs/promises';
import path from 'node:path';

const LARGEST_BYTES = 10 * 1024 * 1024;
const KEPT = 2;
const CHECK_EVERY_MS = 5_000;

/** Shortens logs that have grown too large, keeping two older parts, until the returned function is called. */
export function startRotation(folder: string, largest = LARGEST_BYTES): () => void {
  const timer = setInterval(() => void rotateAll(folder, largest).catch(() => undefined), CHECK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

export async function rotateAll(folder: string, largest = LARGEST_BYTES): Promise<void> {
  const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  for (const log of logs) await rotate(path.join(folder, log), largest);
}

/**
 * The service goes on writing to the same file, so it is copied and emptied; what was written during the copy
 * is carried over first.
 */
async function rotate(file: string, largest: number): Promise<void> {
  if ((await stat(file)).size < largest) return;
  for (let part = KEPT; part > 1; part--)
    await rename(`${file}.${part - 1}`, `${file}.${part}`).catch(() => undefined);
  await copyFile(file, `${file}.1`);
  await appendRest(file, `${file}.1`);
  await truncate(file);
}

async function appendRest(from: string, to: string): Promise<void> {
  const [{ size: have }, { size: all }] = await Promise.all([stat(to), stat(from)]);
  if (all <= have) return;
  await using source = await open(from);
  await using target = await open(to, 'a');
  const { buffer, bytesRead } = await source.read(Buffer.alloc(all - have), { position: have });
  await target.write(buffer, 0, bytesRead);
}
