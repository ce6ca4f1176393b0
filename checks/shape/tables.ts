import { isMain, models, percentile } from './limits.ts';
import type { FileSize } from './measure.ts';

const SHOWN = 10;

/** The room a file stands in: a package, a service, or a folder at the top. */
export function roomOf(file: string): string {
  return /^((?:packages|services)\/[^/]+|[^/]+)\//.exec(file)?.[1] ?? '.';
}

/** Lines of a table: one per room, then all together, beside what the models keep. */
export function roomTable(title: string, files: readonly FileSize[]): string[] {
  const rooms = Map.groupBy(files, ({ file }) => roomOf(file));
  return [
    row(title, ['files', 'median', 'p90', 'max', 'functions', 'p90', 'max', 'comments']),
    ...[...rooms].map(([room, inRoom]) => row(room, numbers(inRoom))),
    row('all', numbers(files)),
    row('the models', [
      '',
      `≤ ${models.fileMedian}`,
      `≤ ${models.fileP90}`,
      `≤ ${models.fileMax}`,
      '',
      `≤ ${models.functionP90}`,
      `≤ ${models.functionMax}`,
      `~${models.commentPercent} %`,
    ]),
  ];
}

function numbers(files: readonly FileSize[]): string[] {
  const lines = files.map((file) => file.lines);
  const functions = files.flatMap((file) => file.functions.map((size) => size.lines));
  const comments = files.reduce((sum, file) => sum + file.commentLines, 0);
  const total = lines.reduce((sum, count) => sum + count, 0);
  return [
    ...[lines.length, percentile(lines, 0.5), percentile(lines, 0.9), percentile(lines, 1)],
    ...[functions.length, percentile(functions, 0.9), percentile(functions, 1)],
    `${total === 0 ? 0 : Math.round((100 * comments) / total)} %`,
  ].map(String);
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(32)}${cells.map((cell) => cell.padStart(10)).join('')}`;
}

/** The largest files and functions, and every main.ts. */
export function largest(files: readonly FileSize[]): string[] {
  const top = <T extends { readonly lines: number }>(sizes: readonly T[]) =>
    sizes.toSorted((a, b) => b.lines - a.lines).slice(0, SHOWN);
  return [
    `largest files (limit ${models.fileMax}):`,
    ...top(files).map(({ file, lines }) => `  ${String(lines).padStart(4)}  ${file}`),
    `largest functions (limit ${models.functionMax}):`,
    ...top(files.flatMap((file) => file.functions)).map(
      ({ file, line, name, lines }) => `  ${String(lines).padStart(4)}  ${file}:${line} ${name}`,
    ),
  ];
}

export function mains(files: readonly FileSize[]): string[] {
  return [
    `main.ts (limit ${models.mainMax}):`,
    ...files
      .filter(({ file }) => isMain(file))
      .map(({ file, lines }) => `  ${String(lines).padStart(4)}  ${file}`),
  ];
}
