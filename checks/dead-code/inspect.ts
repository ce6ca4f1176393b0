import type { Findings } from '../report.ts';
import { runTool } from '../run-tool.ts';
import { isSource, projectFiles } from '../source-files.ts';

const KNIP = 'knip/bin/knip.js';
const words: Readonly<Record<string, string>> = {
  files: 'no one imports the file',
  dependencies: 'unused dependency',
  devDependencies: 'unused dev dependency',
  unlisted: 'dependency used but not declared',
  binaries: 'command of a package that is not declared',
  unresolved: 'import that leads nowhere',
  exports: 'unused export',
  types: 'unused exported type',
  duplicates: 'exported twice',
};

interface KnipIssue {
  readonly file: string;
  readonly [kind: string]: string | readonly (Named | readonly Named[])[];
}
interface Named {
  readonly name: string;
}

/** Files, exports and dependencies that nothing uses, over all workspaces of a folder with a knip.json. */
export async function findDeadCode(root: string): Promise<Findings> {
  const { code, stdout, stderr } = await runTool(KNIP, ['--reporter', 'json', '--no-progress'], root);
  if (code !== 0 && code !== 1) throw new Error(`knip did not finish: ${stderr || stdout}`);
  const { issues } = JSON.parse(stdout) as { issues: readonly KnipIssue[] };
  return {
    violations: issues.flatMap(sentences).sort(),
    checked: `${projectFiles(root).filter(isSource).length} files, their exports and dependencies`,
  };
}

function sentences(issue: KnipIssue): string[] {
  return Object.entries(issue).flatMap(([kind, found]) => {
    if (typeof found === 'string') return [];
    // The types in a package's index are the words of its functions, used by inference where no one names them.
    if (kind === 'types' && /^(packages|contracts)\b.*\/src\/index\.ts$/.test(issue.file)) return [];
    const names = found.flat().map((named) => (named as Named).name);
    return names.map(
      (name) => `${words[kind] ?? kind}: ${name === issue.file ? name : `${name} in ${issue.file}`}`,
    );
  });
}
