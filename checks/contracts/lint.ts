import { createConfig, lintFromString, type NormalizedProblem } from '@redocly/openapi-core';

// Who may reach the log is decided by the network: there is no login that an operation could name.
const config = createConfig({ extends: ['recommended'], async3Rules: { 'security-defined': 'off' } });

/** What the linter's recommended rules find in an OpenAPI or AsyncAPI document; a warning counts. */
export async function lintDocument(path: string, text: string): Promise<string[]> {
  const problems = await lintFromString({ source: text, absoluteRef: path, config: await config });
  return problems.filter(({ ignored }) => !ignored).map((problem) => `${path} ${sentenceOf(problem)}`);
}

function sentenceOf({ ruleId, message, location: [place] }: NormalizedProblem): string {
  return `${place?.pointer ?? ''}: ${message.replaceAll(/\s+/g, ' ')} (${ruleId})`;
}
