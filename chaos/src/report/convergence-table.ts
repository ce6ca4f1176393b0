import type { InjectedFault } from './run-report.ts';

interface Row {
  readonly fault: string;
  readonly times: number;
  readonly median: number;
  readonly longest: number;
  readonly notConverged: number;
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1);

/** Per fault: how often, and how long after it the last order came to its end; as a Markdown table. */
export function convergenceTable(faults: readonly InjectedFault[]): readonly string[] {
  const rows = rowsOf(faults);
  const width = Math.max(5, ...rows.map(({ fault }) => fault.length));
  return [
    `| ${'fault'.padEnd(width)} | times | median s | longest s |`,
    `|${'-'.repeat(width + 2)}|------:|---------:|----------:|`,
    ...rows.map(
      ({ fault, times, median, longest, notConverged }) =>
        `| ${fault.padEnd(width)} | ${String(times).padStart(5)} | ${seconds(median).padStart(8)} | ${(notConverged > 0 ? `${notConverged} never` : seconds(longest)).padStart(9)} |`,
    ),
  ];
}

function rowsOf(faults: readonly InjectedFault[]): readonly Row[] {
  return [...Map.groupBy(faults, ({ name }) => name)]
    .map(([fault, all]) => {
      const took = all.flatMap(({ convergedMs = [] }) => convergedMs).sort((a, b) => a - b);
      return {
        fault,
        times: all.length,
        median: took[Math.floor(took.length / 2)] ?? Number.NaN,
        longest: took.at(-1) ?? Number.NaN,
        notConverged: all.length - took.length,
      };
    })
    .sort((a, b) => a.fault.localeCompare(b.fault));
}
