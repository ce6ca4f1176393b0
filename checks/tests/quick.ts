import type { TestFile } from './test-file.ts';

/** Rooms whose tests start whole systems, or run the tools of the checks. */
const SLOW_ROOMS = /^(e2e|platform\/test|bench|chaos|checks|deploy)\//;

/** Units, the domain, and components with the servers that npm brings: what runs after every change. */
export const isQuick = ({ path, startsSystem, isAlone, programs }: TestFile): boolean =>
  !startsSystem && !isAlone && programs.length === 0 && !SLOW_ROOMS.test(path);
