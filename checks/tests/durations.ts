import { readFileSync, writeFileSync } from 'node:fs';

/** How long each test file took when that was stored, in seconds. */
export type Durations = Readonly<Record<string, number>>;

const GUESS_WITHOUT_ANY = 1;

/** The stored durations; none where nothing is stored. */
export function readDurations(file: string): Durations {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Durations;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}

/** Stores what was measured, and keeps what is stored of other files that `exists` still finds. */
export function storeDurations(
  file: string,
  measured: ReadonlyMap<string, number>,
  exists: (path: string) => boolean,
): void {
  const kept = Object.entries(readDurations(file)).filter(([path]) => exists(path));
  const rounded = [...measured].map(([path, seconds]) => [path, Math.round(seconds * 10) / 10] as const);
  const all = { ...Object.fromEntries(kept), ...Object.fromEntries(rounded) };
  const sorted = Object.entries(all).sort(([one], [other]) => one.localeCompare(other));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

/** What a file will take: as stored, else the median of all that are stored. */
export function secondsOf(path: string, durations: Durations): number {
  const stored = durations[path];
  if (stored !== undefined) return stored;
  const all = Object.values(durations).sort((one, other) => one - other);
  return all[Math.floor(all.length / 2)] ?? GUESS_WITHOUT_ANY;
}
