import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { startChild } from './child.ts';

const PROGRAM = path.join(import.meta.dirname, '../../psp-simulator/src/main.ts');

/** Starts the PSP that phone82 is measured with, its books in a file. It sends no news to anybody. */
export const startPsp = (port: number, file: string): ChildProcess =>
  startChild(PROGRAM, {
    PORT: String(port),
    DATABASE_URL: `sqlite://${encodeURI(file)}`,
    LOG_LEVEL: 'warn',
  });
