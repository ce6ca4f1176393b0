import type { IRegularForbiddenRuleType } from 'dependency-cruiser';

const TESTS = ['\\.test\\.tsx?$', '/test/', '^packages/testkit/'];
const TRIES_OTHERS = ['^e2e/', '^chaos/', '^bench/', '^simulation/', '^checks/'];

const rule = (
  name: string,
  comment: string,
  from: IRegularForbiddenRuleType['from'],
  to: IRegularForbiddenRuleType['to'],
): IRegularForbiddenRuleType => ({ name, comment, severity: 'error', from, to });

const betweenRooms = [
  rule(
    'services-stay-apart',
    'services know each other by HTTP and events only',
    { path: '^services/([^/]+)/' },
    { path: '^services/', pathNot: '^services/$1/' },
  ),
  rule(
    'packages-know-no-service',
    'a package serves every service, so it knows none',
    { path: '^(packages|contracts)/' },
    { path: '^(services|platform|web)/' },
  ),
  rule(
    'contracts-import-no-package',
    'the wire depends on nothing that could be swapped',
    { path: '^contracts/' },
    { path: '^packages/' },
  ),
  rule(
    'leaves-import-no-package',
    'everyone imports these, so they import no one',
    { path: '^packages/(runtime|telemetry|state-machine)/' },
    { path: '^packages/', pathNot: '^packages/$1/' },
  ),
  rule(
    'platform-imports-no-service',
    'the platform and the pages start or call services, they never load them',
    { path: '^(platform|web)/' },
    { path: '^services/' },
  ),
  rule(
    'the-oracle-shares-no-code',
    'the PSP simulator judges the money of the services, so it has books and rules of its own',
    { path: '^psp-simulator/', pathNot: TESTS },
    { path: '^(services|platform|web|contracts|packages)/', pathNot: '^packages/(runtime|telemetry)/' },
  ),
  rule(
    'the-psp-is-called',
    'what runs in production reaches the PSP by HTTP only',
    // The list of what the image can be starts it as a process of its own.
    { pathNot: ['^psp-simulator/', '^deploy/image/roles\\.ts$', ...TESTS, ...TRIES_OTHERS] },
    { path: '^psp-simulator/' },
  ),
  rule(
    'the-issuer-is-of-one-machine',
    'the embedded issuer is a process of its own, and no part of the image',
    { pathNot: ['^services/identity/', ...TESTS, ...TRIES_OTHERS] },
    { path: '^services/identity/' },
  ),
  rule(
    'the-sdk-is-loaded-when-wanted',
    'OpenTelemetry costs memory and time to start: who does not trace must not load it, and the simulation never may',
    { path: '', pathNot: TESTS },
    { path: ['^packages/telemetry/src/otlp-tracing\\.ts$'], dynamic: false },
  ),
  rule(
    'the-sdk-is-behind-its-port',
    'spans are made through the port Tracer, so that what makes them can be taken away',
    { pathNot: ['^packages/telemetry/src/otlp-tracing(\\.test)?\\.ts$', 'node_modules'] },
    { path: '(^|/)@opentelemetry/' },
  ),
  rule(
    'packages-by-their-index',
    'what a package does not export is its own business',
    { path: '^((?:packages|services)/[^/]+|[^/]+)/' },
    {
      path: '^(packages/[^/]+|contracts)/',
      pathNot: ['^$1/', '^(packages/[^/]+|contracts)/src/index\\.ts$'],
    },
  ),
  rule(
    'packages-by-their-name',
    'a relative path, or a name that package.json does not declare, hides what a room needs',
    { path: '^((?:packages|services)/[^/]+|[^/]+)/' },
    { path: '^(packages/[^/]+|contracts)/', pathNot: '^$1/', dependencyTypes: ['local'] },
  ),
];

const insideServices = [
  rule(
    'domain-is-pure',
    'state and command in, events out: only its own files, the transition tables and the wire types',
    { path: '^services/([^/]+)/src/domain/', pathNot: TESTS },
    {
      pathNot: [
        '^services/$1/src/domain/',
        '^packages/state-machine/src/index\\.ts$',
        '^contracts/src/index\\.ts$',
      ],
    },
  ),
  rule(
    'domain-takes-types-of-contracts',
    'the schemas validate at the edge, the domain needs their types only',
    { path: '^services/[^/]+/src/domain/', pathNot: TESTS },
    { path: '^contracts/', dependencyTypesNot: ['type-only'] },
  ),
  rule(
    'usecases-know-no-adapter',
    'the ports are types beside their user',
    { path: '^services/[^/]+/src/usecases/', pathNot: TESTS },
    { path: '/(inbound|outbound)/' },
  ),
  rule(
    'inbound-knows-no-outbound',
    'what comes in reaches out through a use case',
    { path: '^services/[^/]+/src/inbound/', pathNot: TESTS },
    { path: '/outbound/' },
  ),
  rule(
    'outbound-knows-no-inbound',
    'an adapter of a port does not know who asks',
    { path: '^services/[^/]+/src/outbound/', pathNot: TESTS },
    { path: '/inbound/' },
  ),
];

const everywhere = [
  rule('no-circles', 'two files that need each other are one', {}, { circular: true }),
  rule(
    'production-imports-no-test-code',
    'the testkit and the tests stay out of what runs in production',
    { pathNot: [...TESTS, ...TRIES_OTHERS] },
    { path: TESTS },
  ),
  rule('imports-resolve', 'an import that is not found is not checked either', {}, { couldNotResolve: true }),
];

/** The arrows between the rooms, each forbidden direction a rule with its reason. */
export const rules: readonly IRegularForbiddenRuleType[] = [
  ...betweenRooms,
  ...insideServices,
  ...everywhere,
];
