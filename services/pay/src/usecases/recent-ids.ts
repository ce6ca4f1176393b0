/** Ids that this process has seen lately; nothing that matters may hang on one being in it. */
export interface RecentIds {
  add(id: number): void;
  has(id: number): boolean;
}

/** Remembers at least the last `atLeast` ids, and at most twice as many. */
export function createRecentIds(atLeast: number): RecentIds {
  let newer = new Set<number>();
  let older = new Set<number>();
  return {
    add: (id) => {
      newer.add(id);
      if (newer.size < atLeast) return;
      older = newer;
      newer = new Set();
    },
    has: (id) => newer.has(id) || older.has(id),
  };
}
