import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Manifest, policyFaults } from '@phone82/checks';
import { serviceNames } from '@phone82/service-list';
import { render } from '../../tools/helm.ts';

const PRODUCTION = [
  'environment=production',
  'pspSimulator.enabled=false',
  'psp.url=https://psp.example',
  'psp.existingSecret=psp',
];

const find = (all: readonly Manifest[], kind: string, name: string) =>
  all.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
const podOf = (all: readonly Manifest[], name: string) => find(all, 'Deployment', name)?.spec.template.spec;
const settingsOf = (all: readonly Manifest[], name: string): Record<string, string> =>
  Object.fromEntries(
    podOf(all, name).containers[0].env.map(({ name: key, value }: Record<string, string>) => [key, value]),
  );

interface KeyVolume {
  readonly name: string;
  readonly secret?: { readonly secretName: string; readonly items: readonly { readonly key: string }[] };
}

async function renderWell(...values: readonly string[]): Promise<readonly Manifest[]> {
  const all = await render(values);
  assert.deepEqual(policyFaults(all), []);
  return all;
}

describe('who may call, as the chart says it', () => {
  test('all services and gateway run in production with issuer, audience and claims', async () => {
    const all = await renderWell(
      ...PRODUCTION,
      'oidc.rolesClaim=realm_access.roles',
      'oidc.agencyClaim=branch',
      'oidc.tokenType=JWT',
      'oidc.jwksUrl=https://id.example/keys',
    );
    for (const name of serviceNames) {
      const given = settingsOf(all, name);
      assert.equal(given.PHONE82_ENV, 'production', name);
      assert.deepEqual([given.OIDC_ISSUER, given.OIDC_AUDIENCE], ['https://issuer.example', 'phone82'], name);
      assert.deepEqual(
        [given.OIDC_ROLES_CLAIM, given.OIDC_AGENCY_CLAIM, given.OIDC_TOKEN_TYPE, given.OIDC_JWKS_URL],
        ['realm_access.roles', 'branch', 'JWT', 'https://id.example/keys'],
        name,
      );
    }
  });

  test('a trial runs in development, its PSP simulator too', async () => {
    const all = await renderWell();
    for (const name of [...serviceNames, 'psp-simulator'])
      assert.equal(settingsOf(all, name).PHONE82_ENV, 'development', name);
    assert.equal(settingsOf(all, 'app').OIDC_ISSUER, 'https://issuer.example');
  });

  test('each pod has only the keys that it needs', async () => {
    const all = await renderWell('serviceKeys.existingSecret=keys-of-mine');
    const keysIn = (name: string): readonly string[] => {
      const volumes: readonly KeyVolume[] = podOf(all, name).volumes ?? [];
      const { secret } = volumes.find((volume) => volume.name === 'service-keys') ?? {};
      if (secret) assert.equal(secret.secretName, 'keys-of-mine');
      return (secret?.items ?? []).map(({ key }) => key).sort();
    };
    const keys = Object.fromEntries(serviceNames.map((name) => [name, keysIn(name)]));
    assert.deepEqual(keys, {
      gateway: [],
      app: ['app.jwk.json'],
      pay: ['pay.jwk.json', 'service-keys.json'],
      customer: [],
      store: [],
      marketing: ['service-keys.json'],
    });
    const { SERVICE_KEY_FILE, SERVICE_KEYS_FILE } = settingsOf(all, 'pay');
    assert.deepEqual(
      [SERVICE_KEY_FILE, SERVICE_KEYS_FILE],
      ['/keys/pay.jwk.json', '/keys/service-keys.json'],
    );
  });

  test('no address is trusted by default; those that are named are trusted by pay and marketing alone', async () => {
    const trustedBy = (all: readonly Manifest[]) =>
      serviceNames.filter(
        (name) => settingsOf(all, name).TRUSTED_SERVICE_ADDRESSES === '10.0.3.7,10.1.0.0/16',
      );
    const named = await renderWell('trustedServiceAddresses=10.0.3.7\\,10.1.0.0/16');
    assert.deepEqual(trustedBy(named), ['pay', 'marketing']);
    assert.equal('TRUSTED_SERVICE_ADDRESSES' in settingsOf(await renderWell(), 'pay'), false);
  });

  test('all services reach the issuer, on the ports that are named', async () => {
    const { podSelector, egress } =
      find(await renderWell('networkPolicy.issuerPorts={443,8443}'), 'NetworkPolicy', 'phone82-issuer')
        ?.spec ?? {};
    assert.deepEqual(podSelector.matchExpressions[0].values.sort(), [...serviceNames].sort());
    assert.deepEqual(
      egress[0].ports.map(({ port }: { readonly port: number }) => port),
      [443, 8443],
    );
  });

  test('migrations are given a database and nothing else', async () => {
    const all = await renderWell(...PRODUCTION);
    for (const { env } of find(all, 'Job', 'migrate')?.spec.template.spec.containers ?? [])
      for (const { name } of env) assert.match(name, /^DATABASE_(URL|PASSWORD)$/);
  });
});
