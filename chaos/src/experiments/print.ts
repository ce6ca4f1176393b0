const startedAt = performance.now();

export const print = (line: string) =>
  console.log(`${((performance.now() - startedAt) / 1_000).toFixed(1).padStart(6)} s  ${line}`);

/** Says whether all is as promised; the process ends accordingly. */
export function conclude(faults: readonly string[]): void {
  for (const fault of faults) print(`NOT AS PROMISED: ${fault}`);
  print(faults.length === 0 ? 'all as promised' : 'FAILED');
  process.exitCode = faults.length === 0 ? 0 : 1;
}
