/** Makes one call of many: what is asked for while a call is under way goes together in the next. */
export function together<In, Out>(run: (items: In[]) => Promise<Out[]> | Out[]): (item: In) => Promise<Out> {
  let waiting: { item: In; resolve(out: Out): void; reject(error: unknown): void }[] = [];
  let running = false;
  const work = async () => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const results = await run(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Out);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running) return;
      running = true;
      setImmediate(work);
    });
}
