import type { Migration } from '@phone82/persistence';
import { createSessions } from './0001-sessions.ts';

export const migrations: Record<string, Migration> = { '0001-sessions': createSessions };
