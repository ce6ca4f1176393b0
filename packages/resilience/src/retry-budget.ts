export interface RetryBudgetOptions {
  /** What each first call adds. Default 0.1: a tenth of the calls may be failing repetitions. */
  readonly ratio?: number;
  /** What comes by itself, so that repetitions never stop altogether. Default 10. */
  readonly minPerSecond?: number;
  /** What it holds at most, and at the start. Default 20. */
  readonly most?: number;
  /** Milliseconds on a clock that never goes back. Default `performance.now`. */
  readonly now?: () => number;
}

/** Keeps repetitions from outweighing the work itself, which is what keeps an overloaded service down. */
export interface RetryBudget {
  /** A first call was made. */
  deposit(): void;
  /** Takes what one repetition costs; false if there is not that much. */
  spend(): boolean;
  /** The repetition did no harm. */
  giveBack(): void;
}

/** A token bucket that first calls fill, and time a little. */
export function createRetryBudget(options: RetryBudgetOptions = {}): RetryBudget {
  const { ratio = 0.1, minPerSecond = 10, most = 20, now = () => performance.now() } = options;
  let tokens = most;
  let filledAt = now();
  const add = (amount: number) => {
    tokens = Math.min(most, tokens + amount);
  };
  return {
    deposit: () => add(ratio),
    spend: () => {
      const time = now();
      add(((time - filledAt) / 1_000) * minPerSecond);
      filledAt = time;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack: () => add(1),
  };
}
