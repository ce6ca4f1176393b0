import { setTimeout as delay } from 'node:timers/promises';
import { isConflict } from './infrastructure-error.ts';

export const BUSY_TIMEOUT_MS = 3_000;
const PATIENCE_MS = 15_000;
const PAUSE_MS = 5;

/**
 * Begins an SQLite transaction with the write lock: one that starts reading and then writes could not be retried
 * in place. SQLite waits for a lock by blocking the whole process, which would keep the holder, if it lives in
 * the same process, from ever giving it back; so this waits by itself, 15 s at most.
 */
export async function beginImmediate(execute: (statement: string) => Promise<unknown>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  await execute('pragma busy_timeout = 0');
  try {
    while (!(await hasBegun(execute, deadline))) await delay(PAUSE_MS);
  } finally {
    await execute(`pragma busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}

async function hasBegun(execute: (statement: string) => Promise<unknown>, deadline: number) {
  try {
    await execute('begin immediate');
    return true;
  } catch (error) {
    if (!isConflict(error) || performance.now() > deadline) throw error;
    return false;
  }
}
