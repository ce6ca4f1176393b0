import assert from 'node:assert/strict';
import { join } from 'node:path';
import { projectRoot } from '../source-files.ts';
import { type Manifest, readManifests } from './manifest.ts';

/** The chart as it is rendered with its defaults. */
export const rendered = readManifests(join(projectRoot, 'deploy/k8s'));

export interface PlantedViolation {
  readonly rule: string;
  /** Words of the fault that has to be found. */
  readonly what: string;
  readonly manifests: readonly Manifest[];
}

type Path = string;

/** A copy of the rendered chart in which the value at a path of one object is another; undefined takes it away. */
function changed(kind: string, name: string, path: Path, value?: unknown): readonly Manifest[] {
  const all = structuredClone(rendered);
  // biome-ignore lint/suspicious/noExplicitAny: the path says what it is
  let at = all.find((manifest) => manifest.kind === kind && manifest.metadata.name === name) as any;
  assert.ok(at, `${kind} ${name} is rendered`);
  const keys = path.split('.');
  const last = keys.pop() as string;
  for (const key of keys) at = /=/.test(key) ? named(at, key) : at[key];
  if (value === undefined) delete at[last];
  else at[last] = value;
  return all;
}

/** `name=X` on a path is the element of a list that has this name. */
const named = (list: readonly { readonly name: string }[], key: string) =>
  list.find(({ name }) => name === key.slice('name='.length));

const without = (kind: string, name: string) =>
  rendered.filter((manifest) => manifest.kind !== kind || manifest.metadata.name !== name);
const withPod = (path: Path, value?: unknown) =>
  changed('Deployment', 'store', `spec.template.spec.${path}`, value);
const withContainer = (path: Path, value?: unknown) => withPod(`containers.name=store.${path}`, value);
const withSecurity = (path: Path, value?: unknown) => withContainer(`securityContext.${path}`, value);

const planted = (rule: string, what: string, manifests: readonly Manifest[]): PlantedViolation => ({
  rule,
  what,
  manifests,
});

const restricted: readonly PlantedViolation[] = [
  planted('restricted-pod', 'may run as root', withPod('securityContext.runAsNonRoot')),
  planted('restricted-pod', 'runs as user 0', withPod('securityContext.runAsUser', 0)),
  planted('restricted-pod', 'has no seccomp profile', withPod('securityContext.seccompProfile')),
  planted('restricted-pod', 'has hostNetwork', withPod('hostNetwork', true)),
  planted(
    'restricted-pod',
    'mounts hostPath',
    withPod('volumes', [{ name: 'root', hostPath: { path: '/' } }]),
  ),
  planted('restricted-container', 'may gain privileges', withSecurity('allowPrivilegeEscalation')),
  planted('restricted-container', 'is privileged', withSecurity('privileged', true)),
  planted('restricted-container', 'does not drop all', withSecurity('capabilities')),
  planted('restricted-container', 'adds capabilities', withSecurity('capabilities.add', ['NET_ADMIN'])),
  planted('restricted-container', 'runs as root', withSecurity('runAsUser', 0)),
  planted('restricted-container', 'a port of the node', withContainer('ports.0.hostPort', 8080)),
  planted('read-only-root', 'can write to its root', withSecurity('readOnlyRootFilesystem', false)),
  planted('no-token', 'holds', withPod('automountServiceAccountToken')),
];

const runningWell: readonly PlantedViolation[] = [
  planted('limits', 'has no limits of memory', withContainer('resources.limits.memory')),
  planted('limits', 'has no requests of cpu', withContainer('resources.requests')),
  planted('pinned-image', 'phone82:latest', withContainer('image', 'phone82:latest')),
  planted('pinned-image', 'registry:5000/phone82', withContainer('image', 'registry:5000/phone82')),
  planted('probes', 'has no startupProbe', withContainer('startupProbe')),
  planted('probes', 'has no readinessProbe', withContainer('readinessProbe')),
  planted('probes', 'has no livenessProbe', withContainer('livenessProbe')),
  planted('probes', 'is restarted by what', withContainer('livenessProbe.httpGet.path', '/readyz')),
  planted('ends-in-time', 'is killed 20 s', withPod('terminationGracePeriodSeconds', 20)),
  planted('ends-in-time', 'drains for 12 s', withContainer('env.name=DRAIN_DELAY_MS.value', '12000')),
  planted(
    'secrets-by-reference',
    'DATABASE_URL',
    withContainer('env.name=DATABASE_URL.value', 'mariadb://a:b@h/c'),
  ),
  planted(
    'secrets-by-reference',
    'PSP_SECRET_KEY',
    withContainer('env', [{ name: 'PSP_SECRET_KEY', value: 'k' }]),
  ),
  planted(
    'secrets-by-reference',
    'SESSION_KEY',
    changed('Deployment', 'gateway', 'spec.template.spec.containers.name=gateway.env', [
      { name: 'SESSION_KEY', value: 'k' },
    ]),
  ),
];

const envWithout = (service: string, key: string) => {
  const all = structuredClone(rendered);
  const deployment = all.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === service);
  const [container] = deployment?.spec.template.spec.containers ?? [];
  const kept = container.env.filter(({ name }: { readonly name: string }) => name !== key);
  assert.ok(kept.length < container.env.length, `${service} is given ${key}`);
  container.env = kept;
  return all;
};
const keysOf = (service: string, items?: readonly string[]) =>
  changed(
    'Deployment',
    service,
    'spec.template.spec.volumes.name=service-keys.secret.items',
    items?.map((key) => ({ key, path: key })),
  );

const knowingCallers: readonly PlantedViolation[] = [
  planted('knows-its-callers', 'Deployment store lacks OIDC_ISSUER', envWithout('store', 'OIDC_ISSUER')),
  planted(
    'knows-its-callers',
    'Deployment gateway lacks OIDC_AUDIENCE',
    envWithout('gateway', 'OIDC_AUDIENCE'),
  ),
  planted(
    'knows-its-callers',
    'Deployment customer lacks PHONE82_ENV',
    envWithout('customer', 'PHONE82_ENV'),
  ),
  planted('knows-its-callers', 'lacks OIDC_ISSUER', withContainer('env.name=OIDC_ISSUER.value', '')),
  planted(
    'knows-its-callers',
    'Deployment app lacks SERVICE_KEY_FILE',
    envWithout('app', 'SERVICE_KEY_FILE'),
  ),
  planted(
    'knows-its-callers',
    'marketing lacks SERVICE_KEYS_FILE',
    envWithout('marketing', 'SERVICE_KEYS_FILE'),
  ),
  planted('knows-its-callers', 'finds no pay.jwk.json', keysOf('pay', ['service-keys.json'])),
  planted(
    'knows-its-callers',
    'finds no app.jwk.json',
    changed('Deployment', 'app', 'spec.template.spec.volumes'),
  ),
  planted('knows-its-callers', 'can read pay.jwk.json', keysOf('app', ['app.jwk.json', 'pay.jwk.json'])),
  planted('knows-its-callers', 'can read every file of its Secret', keysOf('marketing')),
];

const fittingTogether: readonly PlantedViolation[] = [
  planted('disruption-budget', 'Deployment pay has 0', without('PodDisruptionBudget', 'pay')),
  planted('disruption-budget', 'never', changed('PodDisruptionBudget', 'pay', 'spec.maxUnavailable', 0)),
  planted('account-without-token', 'app', changed('ServiceAccount', 'app', 'automountServiceAccountToken')),
  planted('deny-by-default', 'Job migrate', without('NetworkPolicy', 'phone82-deny-by-default')),
  planted('no-secret-values', 'Secret psp', [
    ...rendered,
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'psp' } },
  ]),
  planted('one-copy-of-a-file', 'two copies', changed('Deployment', 'psp-simulator', 'spec.replicas', 2)),
  planted('one-copy-of-a-file', 'two copies', changed('Deployment', 'psp-simulator', 'spec.strategy')),
  planted('scaled-by-one', 'sets replicas', changed('Deployment', 'store', 'spec.replicas', 3)),
  planted('scaled-by-one', 'scales nothing', without('Deployment', 'app')),
  planted('spread', 'on one node', withPod('topologySpreadConstraints')),
  planted('service-selects-pods', 'Service app', changed('Service', 'app', 'spec.selector.tier', 'front')),
];

export const plantedViolations = [...restricted, ...runningWell, ...knowingCallers, ...fittingTogether];
