import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problems } from '@phone82/contracts';
import { commands } from '../../platform/src/commands/table.ts';
import { PspSimulatorConfig } from '../../psp-simulator/src/config.ts';
import { AppConfig } from '../../services/app/src/config.ts';
import { CustomerConfig } from '../../services/customer/src/config.ts';
import { gatewayConfig } from '../../services/gateway/src/config.ts';
import { MarketingConfig } from '../../services/marketing/src/config.ts';
import { PayConfig } from '../../services/pay/src/config.ts';
import { StoreConfig } from '../../services/store/src/config.ts';
import type { Findings } from '../report.ts';
import { projectFiles } from '../source-files.ts';
import { unknownCommands } from './commands.ts';
import { configurationFaults } from './configuration.ts';
import { flowFaults } from './flows.ts';
import { brokenLinks } from './links.ts';
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
      ...brokenLinks({ texts, exists }),
      ...guides.flatMap(([path, text]) => unknownCommands(path, text, known)),
      ...flows.flatMap(([path, text]) => flowFaults(path, text, exists)),
    ],
    checked: `${texts.size} pages, ${Object.keys(problems).length} problems, ${known.commands.size} commands, ${known.scripts.size} scripts`,
  };
}

function required(
  path: string,
  texts: ReadonlyMap<string, string>,
  faults: (text: string) => string[],
): string[] {
  const text = texts.get(path);
  return text === undefined ? [`${path} is missing`] : faults(text);
}

const knownCommands = () => new Set([...commands.map(({ name }) => name), 'help']);

function scriptsOf(root: string): ReadonlySet<string> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  return new Set(Object.keys(scripts));
}

function settings(): Readonly<Record<string, readonly string[]>> {
  const keys = ({ properties }: { readonly properties: object }) => Object.keys(properties);
  return {
    app: keys(AppConfig),
    pay: keys(PayConfig),
    store: keys(StoreConfig),
    marketing: keys(MarketingConfig),
    customer: keys(CustomerConfig),
    gateway: keys(gatewayConfig),
    'psp-simulator': keys(PspSimulatorConfig),
  };
}
