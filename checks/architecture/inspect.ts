import { cruise, type ICruiseResult } from 'dependency-cruiser';
import type { Findings } from '../report.ts';
import { isSource, projectFiles, readProjectFile } from '../source-files.ts';
import { rules } from './rules.ts';

/**
 * Follows the imports of every source file below a folder and holds them against the rules.
 * A file or an import through a workspace name that the tool did not see is a violation too.
 */
export async function inspectArchitecture(root: string): Promise<Findings> {
  const sources = projectFiles(root).filter(isSource);
  const result = await followImports(root, sources);
  const edges = result.modules.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  return {
    violations: [...broken(result), ...unseen(result.modules, sources, root)],
    checked: `${sources.length} files, ${edges} imports, ${rules.length} rules`,
  };
}

async function followImports(root: string, sources: readonly string[]): Promise<ICruiseResult> {
  const { output } = await cruise(
    [...sources],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...rules] },
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
    // Without these the imports through workspace names are not found, and nothing says so.
    { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'], symlinks: true },
  );
  return output as ICruiseResult;
}

function broken({ summary }: ICruiseResult): string[] {
  const reasons = new Map(rules.map(({ name, comment }) => [name, comment]));
  return summary.violations.map(
    ({ rule, from, to }) => `${rule.name}: ${from} → ${to} (${reasons.get(rule.name)})`,
  );
}

/** The files, and the imports through workspace names, that the tool's result lacks. */
export function unseen(
  modules: ICruiseResult['modules'],
  sources: readonly string[],
  root: string,
): string[] {
  const seen = new Map(modules.map((module) => [module.source, module]));
  return sources.flatMap((source) => {
    const module = seen.get(source);
    if (!module) return [`not-seen: ${source} (the tool passed over the file)`];
    const found = new Set(module.dependencies.map((dependency) => dependency.module));
    return workspaceImports(readProjectFile(source, root))
      .filter((name) => !found.has(name))
      .map((name) => `not-seen: ${source} → ${name} (the tool passed over the import)`);
  });
}

function workspaceImports(text: string): string[] {
  return [...text.matchAll(/^(?:import|export|\}).* from '(@phone82\/[\w-]+)';$/gm)].map(
    (match) => match[1] as string,
  );
}
