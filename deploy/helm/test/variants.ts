import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Manifest, policyFaults } from '@phone82/checks';
import { inStoreDatabase, serviceNames } from '@phone82/service-list';
import { render } from '../../tools/helm.ts';

const find = (all: readonly Manifest[], kind: string, name: string) =>
  all.find((manifest) => manifest.kind === kind && manifest.metadata.name === name);
const settingsOf = (all: readonly Manifest[], service: string): Record<string, unknown> => {
  const [container] = find(all, 'Deployment', service)?.spec.template.spec.containers ?? [];
  const entries = container.env.map(({ name, value, valueFrom }: never) => [name, value ?? valueFrom]);
  return Object.fromEntries(entries);
};

/** Renders with these values; whatever they are, the policy holds. */
async function renderWell(...values: readonly string[]): Promise<readonly Manifest[]> {
  const all = await render(values);
  assert.deepEqual(policyFaults(all), []);
  return all;
}

describe('the chart', () => {
  test('scales store from 1 to 10 at 15 % CPU, and calls the services by the names of the scenario', async () => {
    const all = await renderWell();
    const { minReplicas, maxReplicas, metrics } = find(all, 'HorizontalPodAutoscaler', 'store')?.spec ?? {};
    assert.deepEqual([minReplicas, maxReplicas, metrics[0].resource.target.averageUtilization], [1, 10, 15]);
    for (const name of serviceNames) assert.equal(find(all, 'Service', name)?.spec.ports[0].port, 8080);
    assert.deepEqual(Object.keys((find(all, 'ConfigMap', 'apiurl') as { data?: object }).data ?? {}), [
      'url',
      'fluentd-server-ip',
    ]);
  });

  test('keeps the records of store and marketing in files where they have no database, one copy of each', async () => {
    const all = await renderWell('databases.store.url=', 'databases.marketing.url=');
    for (const name of inStoreDatabase) {
      assert.equal(find(all, 'Deployment', name)?.spec.strategy.type, 'Recreate');
      assert.ok(find(all, 'PersistentVolumeClaim', name));
      assert.equal(find(all, 'HorizontalPodAutoscaler', name), undefined);
      const { DATABASE_URL, MIGRATE_AT_START } = settingsOf(all, name);
      assert.deepEqual([DATABASE_URL, MIGRATE_AT_START], [`sqlite:///data/${name}.db`, 'true']);
    }
    const migrated = find(all, 'Job', 'migrate')?.spec.template.spec.containers;
    assert.deepEqual(
      migrated.map(({ name }: Manifest['metadata']) => name),
      ['gateway', 'app', 'pay', 'customer'],
    );
  });

  test('keeps the log in PostgreSQL where there is no Kafka', async () => {
    const all = await renderWell('kafka.brokers=', 'bus.urlSecret.name=bus-app');
    const { KAFKA_BROKERS, BUS_URL } = settingsOf(all, 'app');
    assert.equal(KAFKA_BROKERS, undefined);
    assert.deepEqual(BUS_URL, { secretKeyRef: { name: 'bus-app', key: 'uri' } });
    assert.equal(find(all, 'NetworkPolicy', 'phone82-kafka'), undefined);
  });

  test('speaks to a Kafka that asks who we are, with files and a password from Secrets', async () => {
    const all = await renderWell(
      'kafka.tls.enabled=true',
      'kafka.tls.caSecret.name=log-cluster-ca-cert',
      'kafka.tls.certSecret.name=phone82',
      'kafka.sasl.mechanism=SCRAM-SHA-512',
      'kafka.sasl.username=phone82',
      'kafka.sasl.passwordSecret.name=phone82',
      'kafka.replication=3',
      'kafka.topicSettings=min.insync.replicas=2',
      'databases.store.url=',
    );
    const settings = settingsOf(all, 'app');
    assert.equal(settings.KAFKA_CA_FILE, '/kafka/ca/ca.crt');
    assert.equal(settings.KAFKA_KEY_FILE, '/kafka/cert/user.key');
    assert.deepEqual(settings.KAFKA_SASL_PASSWORD, { secretKeyRef: { name: 'phone82', key: 'password' } });
    assert.deepEqual(
      [settings.KAFKA_REPLICATION, settings.KAFKA_TOPIC_SETTINGS],
      ['3', 'min.insync.replicas=2'],
    );
    const volumesOf = (service: string) =>
      (find(all, 'Deployment', service)?.spec.template.spec.volumes ?? []).map(
        ({ name }: { name: string }) => name,
      );
    assert.deepEqual(volumesOf('app'), ['kafka-ca', 'kafka-cert', 'service-keys']);
    assert.deepEqual(volumesOf('store'), ['data', 'kafka-ca', 'kafka-cert']);
    assert.deepEqual(volumesOf('gateway'), []);
  });

  test('takes the whole URL of a database from a Secret', async () => {
    const all = await renderWell('databases.app.urlSecret.name=cluster-app');
    const { DATABASE_URL, DATABASE_PASSWORD } = settingsOf(all, 'app');
    assert.deepEqual(DATABASE_URL, { secretKeyRef: { name: 'cluster-app', key: 'uri' } });
    assert.equal(DATABASE_PASSWORD, undefined);
  });

  test('calls a real PSP with keys from a Secret, and brings no simulator then', async () => {
    const all = await renderWell(
      'psp.url=https://psp.example',
      'psp.existingSecret=psp',
      'pspSimulator.enabled=false',
    );
    const { PSP_URL, PSP_SECRET_KEY } = settingsOf(all, 'pay');
    assert.equal(PSP_URL, 'https://psp.example');
    assert.deepEqual(PSP_SECRET_KEY, { secretKeyRef: { name: 'psp', key: 'PSP_SECRET_KEY' } });
    assert.equal(find(all, 'Deployment', 'psp-simulator'), undefined);
    assert.equal(find(all, 'NetworkPolicy', 'pay-calls-psp')?.spec.egress[0].ports[0].port, 443);
  });

  test('signs browsers in at the issuer, with a database and secrets for gateway', async () => {
    const all = await renderWell('oidc.issuer=https://id.example', 'oidc.existingSecret=sign-in');
    const settings = settingsOf(all, 'gateway');
    assert.deepEqual([settings.OIDC_ISSUER, settings.MIGRATE_AT_START], ['https://id.example', 'false']);
    assert.match(String(settings.DATABASE_URL), /phone82_gateway$/);
    for (const key of ['OIDC_CLIENT_SECRET', 'SESSION_KEY'])
      assert.deepEqual(settings[key], { secretKeyRef: { name: 'sign-in', key } });
    const migrated = find(all, 'Job', 'migrate')?.spec.template.spec.containers;
    assert.ok(migrated.some(({ name }: Manifest['metadata']) => name === 'gateway'));
    const kafka = find(all, 'NetworkPolicy', 'phone82-kafka')?.spec.podSelector.matchExpressions[0].values;
    assert.ok(!kafka.includes('gateway'));
  });

  test('scales by what waits in Kafka, by KEDA, where that is wanted', async () => {
    const all = await renderWell('services.store.autoscaling.kafkaLag.enabled=true');
    const { triggers, maxReplicaCount } = find(all, 'ScaledObject', 'store')?.spec ?? {};
    assert.deepEqual([triggers[0].metadata.consumerGroup, maxReplicaCount], ['store', 10]);
    assert.equal(find(all, 'HorizontalPodAutoscaler', 'store'), undefined);
  });

  test('is reached through an Ingress or a Gateway', async () => {
    const ingress = await renderWell(
      'ingress.enabled=true',
      'ingress.host=shop.example',
      'ingress.tlsSecret=shop',
    );
    assert.equal(find(ingress, 'Ingress', 'phone82')?.spec.rules[0].host, 'shop.example');
    const route = await renderWell('gatewayApi.enabled=true', 'gatewayApi.parentRefs[0].name=public');
    assert.equal(find(route, 'HTTPRoute', 'phone82')?.spec.rules[0].backendRefs[0].name, 'gateway');
  });

  test('says where traces go only if that is wanted', async () => {
    assert.equal(settingsOf(await renderWell(), 'app').OTEL_EXPORTER_OTLP_ENDPOINT, undefined);
    const all = await renderWell('telemetry.otlpEndpoint=http://collector:4318');
    assert.equal(settingsOf(all, 'app').OTEL_EXPORTER_OTLP_ENDPOINT, 'http://collector:4318');
    assert.ok(find(all, 'NetworkPolicy', 'phone82-telemetry'));
  });

  test('migrates in a Job before anything else, or at start', async () => {
    const [job] = (await renderWell()).filter(({ kind }) => kind === 'Job');
    assert.equal(job?.metadata.annotations?.['helm.sh/hook'], 'pre-install,pre-upgrade');
    const all = await renderWell('migrations.job=false');
    assert.equal(settingsOf(all, 'app').MIGRATE_AT_START, 'true');
    assert.deepEqual(
      all.filter(({ kind }) => kind === 'Job'),
      [],
    );
  });

  test('passes further settings on, and the digest of an image', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const all = await renderWell('services.store.env.STORE_MANUAL=true', `image.digest=${digest}`);
    assert.equal(settingsOf(all, 'store').STORE_MANUAL, 'true');
    const [container] = find(all, 'Deployment', 'store')?.spec.template.spec.containers ?? [];
    assert.equal(container.image, `phone82@${digest}`);
  });
});
