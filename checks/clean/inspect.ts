import type { Findings } from '../report.ts';
import { projectFiles, readProjectFile } from '../source-files.ts';
import { lockfileFaults } from './lockfile.ts';
import { unwantedLines } from './unwanted-lines.ts';

const MOST_LINES = 400;
const LONG_BY_NATURE = /(^|\/)(package-lock\.json$|generated\/)/;

/** What must not be committed: see {@link unwantedLines}, over-long files, a lockfile out of step. */
export function inspectCleanliness(root: string): Findings {
  const texts = projectFiles(root)
    .map((file) => ({ file, text: readProjectFile(file, root) }))
    .filter(({ text }) => !text.includes('\0'));
  return {
    violations: [
      ...texts.flatMap(({ file, text }) => unwantedLines(file, text)),
      ...texts.flatMap(({ file, text }) => tooLong(file, text)),
      ...lockfileFaults(root),
    ],
    checked: `${texts.length} files`,
  };
}

function tooLong(file: string, text: string): string[] {
  const lines = text.split('\n').length - 1;
  return lines > MOST_LINES && !LONG_BY_NATURE.test(file)
    ? [`${file} has ${lines} lines (limit ${MOST_LINES})`]
    : [];
}
