export interface BatchedOptions {
  /** Items that go together at most. Default 256. */
  readonly most?: number;
  /** How long after the end of a batch the next one begins at the earliest, so that more go together. Default 0 ms. */
  readonly restMs?: number;
}

interface Waiting<In, Out> {
  readonly item: In;
  resolve(result: Out): void;
  reject(error: unknown): void;
}

/**
 * Makes one call out of many: what is asked for while a batch is under way goes together in the next, in the
 * order of the calls, so that a crowd pays for one round trip and a single caller waits for nobody. `run` gets the
 * items and returns their results in the same order; where it throws, every caller of that batch gets the error.
 */
export function batched<In, Out>(
  run: (items: readonly In[]) => Promise<readonly Out[]>,
  { most = 256, restMs = 0 }: BatchedOptions = {},
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = false;
  let restsUntil = 0;
  const work = async () => {
    while (waiting.length > 0) {
      const leftMs = restsUntil - performance.now();
      if (leftMs > 0) await new Promise((over) => setTimeout(over, leftMs));
      await settle(waiting.splice(0, most), run);
      restsUntil = performance.now() + restMs;
    }
    running = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running) return;
      running = true;
      // What the same turn of the event loop brings goes together too.
      setImmediate(work);
    });
}

async function settle<In, Out>(
  batch: readonly Waiting<In, Out>[],
  run: (items: readonly In[]) => Promise<readonly Out[]>,
): Promise<void> {
  try {
    const results = await run(batch.map(({ item }) => item));
    if (results.length !== batch.length)
      throw new Error(`${batch.length} items went in, ${results.length} results came out`);
    for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Out);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}
