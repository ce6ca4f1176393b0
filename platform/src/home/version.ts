import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../faults.ts';
import type { System } from '../system.ts';

/** Raised when the data of an earlier phone82 can't be used as it lies there. */
export const LAYOUT = 1;

/** Marks a new data folder with the version of its layout, and refuses one of another version. */
export async function requireOurVersion({ home }: System): Promise<void> {
  const file = path.join(home, 'version.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    await writeFile(file, `${JSON.stringify({ layout: LAYOUT })}\n`);
    return;
  }
  const layout = layoutIn(text);
  if (layout === LAYOUT) return;
  throw new Fault(
    `The data in ${home} has layout ${layout ?? 'unknown'}, and this phone82 reads layout ${LAYOUT}: use the phone82 that ` +
      'made it, choose another folder with PHONE82_HOME, or wipe it with "./phone82 reset".',
  );
}

function layoutIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { layout?: unknown }).layout;
  } catch {
    return undefined;
  }
}
