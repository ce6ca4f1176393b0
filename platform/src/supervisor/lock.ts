import { DatabaseSync } from 'node:sqlite';
import { placeOf, type System } from '../system.ts';

export interface Lock {
  /** Can be called twice. */
  release(): void;
}

/**
 * Takes the right to run this system's processes, or returns undefined where another process has it.
 * The operating system takes it back when its holder dies, in whatever way.
 */
export function takeLock(system: System): Lock | undefined {
  const database = new DatabaseSync(placeOf(system, 'run', 'supervisor.lock'));
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (/database is locked/.test(String(error))) return undefined;
    throw error;
  }
  return { release: () => database.isOpen && database.close() };
}
