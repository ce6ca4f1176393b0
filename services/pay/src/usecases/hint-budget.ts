/** A limit on what strangers can make us do. */
export interface HintBudget {
  /** False when it is used up for now. */
  spend(): boolean;
}

/** So many at once, and so many per second from then on. */
export function createHintBudget(perSecond: number, atOnce: number, now: () => number): HintBudget {
  let left = atOnce;
  let countedAt = now();
  return {
    spend: () => {
      left = Math.min(atOnce, left + (Math.max(0, now() - countedAt) / 1_000) * perSecond);
      countedAt = now();
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
