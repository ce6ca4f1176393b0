const TICK_MS = 2;

/** Begins one after another when it is due, however the earlier ones fare, and resolves when all have ended. */
export async function onTime(
  rate: number,
  seconds: number,
  begin: (dueAt: number, second: number) => Promise<void>,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const startedAt = performance.now();
  let begun = 0;
  await new Promise<void>((over) => {
    const ticking = setInterval(() => {
      const due = Math.min(rate * seconds, ((performance.now() - startedAt) * rate) / 1_000);
      for (; begun < due; begun += 1) {
        const one = begin(startedAt + (begun * 1_000) / rate, begun / rate).finally(() =>
          underWay.delete(one),
        );
        underWay.add(one);
      }
      if (begun < rate * seconds) return;
      clearInterval(ticking);
      over();
    }, TICK_MS);
  });
  await Promise.all(underWay);
}
