import type { ChildProcess } from 'node:child_process';
import { on } from 'node:events';
import type { Readable } from 'node:stream';

/** The port that a process says in its log it listens on. @throws Error with what it printed, if it ended before. */
export async function loggedPort(child: ChildProcess): Promise<number> {
  let printed = '';
  for await (const [chunk] of on(child.stdout as Readable, 'data', { close: ['end'] })) {
    printed += chunk;
    const port = /"port":(\d+)/.exec(printed)?.[1];
    if (port) return Number(port);
  }
  throw new Error(`ended without listening: ${printed}`);
}
