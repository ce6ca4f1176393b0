import { type RunResult, simulate } from '../run.ts';

/**
 * Which faults a failing run needs: leaves kinds out one by one for as long as it still fails. What is left out changes
 * all chance after it, so this finds a smaller failure, not always the same one.
 */
export async function shrink(seed: number, failing: RunResult): Promise<readonly string[]> {
  const without = new Set<string>();
  for (const kind of Object.keys(failing.faults)) {
    without.add(kind);
    const { violations } = await simulate({ seed, without });
    if (violations.length === 0) without.delete(kind);
  }
  return Object.keys((await simulate({ seed, without })).faults);
}
