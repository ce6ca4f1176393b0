import type { Migration } from '@phone82/persistence';
import { createIssuer } from './0001-issuer.ts';

export const migrations: Record<string, Migration> = { '0001-issuer': createIssuer };
