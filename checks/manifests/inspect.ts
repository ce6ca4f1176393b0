import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Findings } from '../report.ts';
import { composeEnvironments, environmentFaults, environmentsOf } from './environment.ts';
import { knownSettings } from './known-settings.ts';
import { readManifests } from './manifest.ts';
import { policyFaults } from './policy.ts';

/** The rendered chart against the policy, and the settings of chart and compose file against those of the services. */
export function inspectManifests(root: string): Findings {
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const manifests = readManifests(join(root, 'deploy/k8s'));
  const compose = parse(read('compose.yaml'), { merge: true });
  const places = [
    { name: 'deploy/k8s', environments: environmentsOf(manifests) },
    { name: 'compose.yaml', environments: composeEnvironments(compose) },
  ];
  return {
    violations: [
      ...policyFaults(manifests),
      ...environmentFaults(places, knownSettings, imageSettings(read('deploy/image/Dockerfile'))),
    ],
    checked: `${manifests.length} objects, ${Object.keys(knownSettings).length} services' settings in ${places.length} places`,
  };
}

/** The names that the Dockerfile's ENV lines set. */
export function imageSettings(dockerfile: string): readonly string[] {
  const lines = dockerfile.split('\n').filter((line) => line.startsWith('ENV '));
  return lines.flatMap((line) =>
    [...line.matchAll(/ ([A-Z][A-Z0-9_]*)=/g)].map((match) => match[1] as string),
  );
}
