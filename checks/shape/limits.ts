import type { Findings } from '../report.ts';
import type { FileSize } from './measure.ts';

/** What the models keep (docs and style): the first three are aims, the rest limits. */
export const models = {
  fileMedian: 70,
  fileP90: 200,
  functionP90: 30,
  fileMax: 400,
  functionMax: 50,
  mainMax: 40,
  commentPercent: 2,
} as const;

/** The value below which the share of the values lies; 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Files, functions and `main.ts` that are over the limits. */
export function overTheLimits(files: readonly FileSize[]): Findings {
  const functions = files.flatMap((file) => file.functions);
  return {
    violations: [
      ...files
        .filter(({ lines }) => lines > models.fileMax)
        .map(({ file, lines }) => `${file} has ${lines} lines (limit ${models.fileMax})`),
      ...files
        .filter(({ file, lines }) => isMain(file) && lines > models.mainMax)
        .map(({ file, lines }) => `${file} has ${lines} lines (limit of a main.ts ${models.mainMax})`),
      ...functions
        .filter(({ lines }) => lines > models.functionMax)
        .map(
          ({ file, line, name, lines }) =>
            `${file}:${line} ${name} has ${lines} lines (limit ${models.functionMax})`,
        ),
    ],
    checked: `${files.length} files, ${functions.length} functions`,
  };
}

export const isMain = (file: string): boolean => /(^|\/)main\.ts$/.test(file);
