import type { Tree } from '../planted-tree.ts';

/** A file that breaks rules, the import that does it, and the rules that have to fire. */
export interface PlantedViolation {
  readonly file: string;
  readonly imports: string;
  readonly breaks: readonly string[];
}

const manifest = (name: string) =>
  JSON.stringify({ name, type: 'module', exports: { '.': './src/index.ts' } });

export const workspaces: Tree = {
  '@phone82/contracts': 'contracts',
  '@phone82/runtime': 'packages/runtime',
  '@phone82/messaging': 'packages/messaging',
  '@phone82/state-machine': 'packages/state-machine',
  '@phone82/testkit': 'packages/testkit',
  '@phone82/pay-service': 'services/pay',
  '@phone82/psp-simulator': 'psp-simulator',
  '@phone82/identity-service': 'services/identity',
};

/** A small project that keeps every rule. */
export const healthyTree: Tree = {
  'package.json': JSON.stringify({ name: 'planted', type: 'module' }),
  ...Object.fromEntries(
    Object.entries(workspaces).flatMap(([name, folder]) => [
      [`${folder}/package.json`, manifest(name)],
      [`${folder}/src/index.ts`, `export const name = '${name}';\nexport type Name = string;\n`],
    ]),
  ),
  'packages/messaging/src/inside.ts':
    "import { name } from '@phone82/contracts';\nexport const inside = name;\n",
  'packages/telemetry/src/otlp-tracing.ts': 'export const otlp = 1;\n',
  'packages/telemetry/src/open-tracing.ts': "export const open = () => import('./otlp-tracing.ts');\n",
  'services/app/src/domain/order.ts': [
    "import type { Name } from '@phone82/contracts';",
    "import { name } from '@phone82/state-machine';",
    'export type Order = Name;',
    'export const table = name;',
    '',
  ].join('\n'),
  'services/app/src/domain/order.test.ts':
    "import 'node:assert';\nimport { name } from '@phone82/testkit';\nvoid name;\n",
  'services/app/src/usecases/place-order.ts':
    "import type { Order } from '../domain/order.ts';\nexport type Placed = Order;\n",
  'services/app/src/inbound/routes.ts':
    "import type { Placed } from '../usecases/place-order.ts';\nexport type Route = Placed;\n",
  'services/app/src/outbound/pay-client.ts':
    "import { name } from '@phone82/messaging';\nexport const client = name;\n",
  'platform/src/topology.ts': "import { name } from '@phone82/runtime';\nexport const topology = name;\n",
};

const planted = (file: string, imports: string, ...breaks: string[]): PlantedViolation => ({
  file,
  imports,
  breaks,
});

export const plantedViolations: readonly PlantedViolation[] = [
  planted('services/app/src/asks-pay.ts', '@phone82/pay-service', 'services-stay-apart'),
  planted('services/app/src/reads-pay.ts', '../../pay/src/index.ts', 'services-stay-apart'),
  planted('packages/messaging/src/knows-pay.ts', '@phone82/pay-service', 'packages-know-no-service'),
  planted('contracts/src/knows-topology.ts', '../../platform/src/topology.ts', 'packages-know-no-service'),
  planted('contracts/src/knows-runtime.ts', '@phone82/runtime', 'contracts-import-no-package'),
  planted('packages/runtime/src/knows-messaging.ts', '@phone82/messaging', 'leaves-import-no-package'),
  planted('platform/src/loads-pay.ts', '@phone82/pay-service', 'platform-imports-no-service'),
  planted('psp-simulator/src/knows-pay.ts', '@phone82/pay-service', 'the-oracle-shares-no-code'),
  planted('psp-simulator/src/knows-messaging.ts', '@phone82/messaging', 'the-oracle-shares-no-code'),
  planted('services/pay/src/loads-psp.ts', '@phone82/psp-simulator', 'the-psp-is-called'),
  planted('deploy/image/loads-psp.ts', '@phone82/psp-simulator', 'the-psp-is-called'),
  planted('deploy/image/loads-identity.ts', '@phone82/identity-service', 'the-issuer-is-of-one-machine'),
  planted('web/src/loads-pay.ts', '../../services/pay/src/index.ts', 'platform-imports-no-service'),
  planted(
    'services/pay/src/by-path.ts',
    '../../../packages/messaging/src/index.ts',
    'packages-by-their-name',
  ),
  planted(
    'services/pay/src/inside.ts',
    '../../../packages/messaging/src/inside.ts',
    'packages-by-their-index',
    'packages-by-their-name',
  ),
  planted('services/app/src/domain/reads-files.ts', 'node:fs', 'domain-is-pure'),
  planted('services/app/src/domain/publishes.ts', '@phone82/messaging', 'domain-is-pure'),
  planted('services/app/src/domain/places.ts', '../usecases/place-order.ts', 'domain-is-pure'),
  planted('services/app/src/domain/validates.ts', '@phone82/contracts', 'domain-takes-types-of-contracts'),
  planted('services/app/src/usecases/answers.ts', '../inbound/routes.ts', 'usecases-know-no-adapter'),
  planted('services/app/src/usecases/calls.ts', '../outbound/pay-client.ts', 'usecases-know-no-adapter'),
  planted('services/app/src/inbound/calls.ts', '../outbound/pay-client.ts', 'inbound-knows-no-outbound'),
  planted('services/app/src/outbound/answers.ts', '../inbound/routes.ts', 'outbound-knows-no-inbound'),
  planted('services/app/src/itself.ts', './itself.ts', 'no-circles'),
  planted('services/pay/src/borrows-fake.ts', '@phone82/testkit', 'production-imports-no-test-code'),
  planted('services/app/src/borrows-test.ts', './domain/order.test.ts', 'production-imports-no-test-code'),
  planted('packages/telemetry/src/loads.ts', './otlp-tracing.ts', 'the-sdk-is-loaded-when-wanted'),
  planted(
    'services/app/src/traces.ts',
    '@opentelemetry/api',
    'the-sdk-is-behind-its-port',
    'imports-resolve',
  ),
  planted('services/app/src/lost.ts', './nowhere.ts', 'imports-resolve'),
];

export const violatingTree: Tree = {
  ...healthyTree,
  ...Object.fromEntries(
    plantedViolations.map(({ file, imports }) => [
      file,
      `import * as it from '${imports}';\nexport const used = it;\n`,
    ]),
  ),
};
