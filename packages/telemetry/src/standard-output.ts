import { writeSync } from 'node:fs';
import type { DestinationStream } from 'pino';

const STANDARD_OUTPUT = 1;
const FLUSH_AT_BYTES = 4_096;
const FLUSH_AFTER_MS = 100;
/** What is kept while nothing can be written, because the disk is full or the reader is slow; newer lines are dropped. */
const KEPT_BYTES = 1024 * 1024;
const LAST_TRIES = 20;
const BETWEEN_TRIES_MS = 25;

/**
 * Standard output for log lines. They go out some at a time, at the latest after a tenth of a second and at the end of the process:
 * a write for each would cost a busy service a twentieth of its time. A process that is killed takes those of its last tenth with it.
 * Output that fails ends no process and holds none up.
 */
export function standardOutput(write: (bytes: Buffer) => number = toStandardOutput): DestinationStream {
  let waiting = Buffer.alloc(0);
  let lines: string[] = [];
  let length = 0;
  let timer: NodeJS.Timeout | undefined;

  /** Whether all is out. */
  const flush = (): boolean => {
    clearTimeout(timer);
    timer = undefined;
    waiting = Buffer.concat([waiting, Buffer.from(lines.join(''))]);
    lines = [];
    try {
      while (waiting.length > 0) waiting = waiting.subarray(write(waiting));
    } catch {
      // The disk is full, or the reader is gone or slow: the next flush tries again.
    }
    length = waiting.length;
    return length === 0;
  };
  const flushLater = () => {
    timer ??= setTimeout(() => flush() || flushLater(), FLUSH_AFTER_MS).unref();
  };
  process.on('exit', () => {
    for (let tries = 0; tries < LAST_TRIES && !flush(); tries++) pause();
  });
  return {
    write: (line) => {
      if (length > KEPT_BYTES) return;
      lines.push(line);
      length += line.length;
      if (length < FLUSH_AT_BYTES || waiting.length > 0) flushLater();
      else flush();
    },
  };
}

const toStandardOutput = (bytes: Buffer) => writeSync(STANDARD_OUTPUT, bytes);

const pause = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BETWEEN_TRIES_MS);
