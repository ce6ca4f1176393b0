import type { TestFile } from './test-file.ts';

/** Rooms whose tests run whole systems, other servers and processes, or the tools of the checks. */
const SLOW_ROOMS =
  /^(e2e|platform\/test|bench|chaos|checks|deploy|simulation\/test|packages\/(persistence|messaging|local-server|embedded-\w+))\//;

/** Units, the domain, and components on the server that npm brings: what runs after every change. */
export const isQuick = ({ path, startsSystem, programs }: TestFile): boolean =>
  !startsSystem && programs.length === 0 && (isUnit(path) || !SLOW_ROOMS.test(path));

/** The units of the adapters' packages stand beside their source. */
const isUnit = (path: string) => /^packages\/(persistence|messaging)\/src\//.test(path);
