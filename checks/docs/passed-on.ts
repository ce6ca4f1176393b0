/** The supervisor in the background is the same command line once more, and `up` passes its options to it. */
const MAY = new Set(['platform/src/supervisor/background.ts', 'platform/src/commands/up.ts']);
const WHOLE = /\.\.\.(process\.env|(\w+\.)?environment)\b|\benv: (process\.env|(\w+\.)?environment)\b/;

/** Places where a process would get all of the caller's environment, with what is meant for other programs. */
export const passedOnFaults = (sources: ReadonlyMap<string, string>): string[] =>
  [...sources]
    .filter(([path, text]) => !MAY.has(path) && WHOLE.test(text) && /\b(spawn|execFile)\b/.test(text))
    .map(
      ([path]) =>
        `${path}: a process gets the caller's whole environment: take serverEnvironment or serviceEnvironment`,
    );
