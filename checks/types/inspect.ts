import { relative } from 'node:path';
import type { Findings } from '../report.ts';
import { runTool } from '../run-tool.ts';
import { isSource, projectFiles } from '../source-files.ts';

/** Type-checks a folder by its tsconfig.json. A source file that the compiler was not shown is a violation too. */
export async function checkTypes(root: string): Promise<Findings> {
  const sources = projectFiles(root).filter(isSource);
  const { stdout } = await runTool(
    'typescript/bin/tsc',
    ['--noEmit', '--listFiles', '--pretty', 'false'],
    root,
  );
  const lines = stdout.split('\n').filter((line) => line !== '');
  const shown = new Set(lines.filter((line) => !isDiagnostic(line)).map((path) => relative(root, path)));
  return {
    violations: [
      ...lines.filter(isDiagnostic),
      ...sources.filter((source) => !shown.has(source)).map((source) => `${source} is not type-checked`),
    ],
    checked: `${sources.length} files`,
  };
}

const isDiagnostic = (line: string) => /error TS\d+:|^ /.test(line);
