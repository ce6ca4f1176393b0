import { open } from 'node:fs/promises';

const CHUNK_BYTES = 64 * 1024;

/** The last lines of a file, and where it ended; nothing for a file that is not there. */
export async function lastLines(file: string, count: number): Promise<{ lines: string[]; end: number }> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return { lines: [], end: 0 };
  await using source = handle;
  const { size } = await source.stat();
  let start = size;
  let text = Buffer.alloc(0);
  let newlines = 0;
  while (start > 0 && newlines <= count) {
    const from = Math.max(0, start - CHUNK_BYTES);
    const { buffer } = await source.read(Buffer.alloc(start - from), { position: from });
    text = Buffer.concat([buffer, text]);
    newlines += buffer.filter((byte) => byte === 0x0a).length;
    start = from;
  }
  const complete = text.subarray(0, text.lastIndexOf(0x0a) + 1);
  const lines = complete.toString('utf8').split('\n').slice(0, -1);
  return { lines: count === 0 ? [] : lines.slice(-count), end: size - (text.length - complete.length) };
}

/** Whole lines that came after a position, from the beginning again when the file was emptied. */
export async function linesAfter(file: string, position: number): Promise<{ lines: string[]; end: number }> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return { lines: [], end: 0 };
  await using source = handle;
  const { size } = await source.stat();
  const from = size < position ? 0 : position;
  if (size === from) return { lines: [], end: from };
  const { buffer } = await source.read(Buffer.alloc(size - from), { position: from });
  const complete = buffer.subarray(0, buffer.lastIndexOf(0x0a) + 1);
  return { lines: complete.toString('utf8').split('\n').slice(0, -1), end: from + complete.length };
}
