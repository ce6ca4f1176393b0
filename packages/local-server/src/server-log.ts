import { open, stat } from 'node:fs/promises';

const LONGEST_LOG_TEXT = 65_536;

/** How long a log is now, in bytes: what a server that starts now writes comes after. 0 if there is none. */
export const logSize = (logFile: string): Promise<number> =>
  stat(logFile).then(
    ({ size }) => size,
    () => 0,
  );

/** What a log holds from a place on, in bytes; the first 64 KB of it. */
export async function textOfLog(logFile: string, start: number): Promise<string> {
  await using handle = await open(logFile);
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size - start, LONGEST_LOG_TEXT)), {
    position: start,
  });
  return buffer.toString('utf8', 0, bytesRead);
}
