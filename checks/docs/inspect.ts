import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problems } from '@phone82/contracts';
import { commands } from '../../platform/src/commands/table.ts';
import { HONOURED_SETTINGS, SAID_BY_THE_SYSTEM } from '../../platform/src/honoured-settings.ts';
import type { Findings } from '../report.ts';
import { allConfigurations } from '../service-definitions.ts';
import { isSource, projectFiles } from '../source-files.ts';
import { alertFaults } from './alerts.ts';
import { unknownCommands } from './commands.ts';
import { configurationFaults, honouredFaults } from './configuration.ts';
import { flowFaults } from './flows.ts';
import { brokenLinks } from './links.ts';
import { metricFaults, metricsIn, unnamedMetrics } from './metrics.ts';
import { passedOnFaults } from './passed-on.ts';
import { problemDocFaults } from './problem-docs.ts';

const GUIDES = /^(README(\.ko)?|CONTRIBUTING|ARCHITECTURE)\.md$|^docs\/.*\.md$/;

/** Everything in the pages that the code can contradict. */
export function inspectDocs(root: string): Findings {
  const paths = projectFiles(root).filter((path) => path.endsWith('.md'));
  const texts = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const exists = (path: string) => existsSync(join(root, path));
  const guides = [...texts].filter(([path]) => GUIDES.test(path));
  const flows = [...texts].filter(([path]) => path.startsWith('docs/flows/'));
  const known = { commands: knownCommands(), scripts: scriptsOf(root) };
  return {
    violations: [
      ...required('docs/problems.md', texts, (text) => problemDocFaults(text, problems)),
      ...required('docs/configuration.md', texts, (text) => configurationFaults(text, settings())),
      ...honouredFaults([...SAID_BY_THE_SYSTEM, ...HONOURED_SETTINGS], settings()),
      ...passedOnFaults(sourcesOf(root)),
      ...brokenLinks({ texts, exists }),
      ...observabilityFaults(root, texts),
      ...guides.flatMap(([path, text]) => unknownCommands(path, text, known)),
      ...flows.flatMap(([path, text]) => flowFaults(path, text, exists)),
    ],
    checked: `${texts.size} pages, ${Object.keys(problems).length} problems, ${known.commands.size} commands, ${known.scripts.size} scripts`,
  };
}

const MEASURES = /^(packages|services)\/.*\/src\/(?!.*\.test\.ts$)/;

/** The page of the metrics, the rules, the dashboards and the runbooks speak of what is measured. */
function observabilityFaults(root: string, pages: ReadonlyMap<string, string>): string[] {
  const all = projectFiles(root);
  const read = (wanted: (path: string) => boolean) =>
    new Map(all.filter(wanted).map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const sources = read((path) => isSource(path) && MEASURES.test(path));
  const made = metricsIn(sources.values());
  const files = {
    rules: read((path) => path.endsWith('.rules.yml')),
    tests: read((path) => path.startsWith('deploy/observability/') && path.endsWith('.test.yml')),
    dashboards: read((path) => path.startsWith('deploy/observability/grafana/')),
    pages: pages.keys(),
  };
  return [
    ...required('docs/metrics.md', pages, (text) => metricFaults(text, made)),
    ...[...sources].flatMap(([path, text]) => unnamedMetrics(path, text)),
    ...alertFaults(files, made),
  ];
}

function required(
  path: string,
  texts: ReadonlyMap<string, string>,
  faults: (text: string) => string[],
): string[] {
  const text = texts.get(path);
  return text === undefined ? [`${path} is missing`] : faults(text);
}

/** What is run for the system: its command line, and the packages that start its servers. */
function sourcesOf(root: string): ReadonlyMap<string, string> {
  const paths = projectFiles(root).filter(
    (path) => /^(platform|packages\/[^/]+)\/src\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
}

const knownCommands = () => new Set([...commands.map(({ name }) => name), 'help']);

function scriptsOf(root: string): ReadonlySet<string> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  return new Set(Object.keys(scripts));
}

function settings(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(allConfigurations).map(([name, { properties }]) => [name, Object.keys(properties)]),
  );
}
