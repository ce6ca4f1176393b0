import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { renderText } from '../../tools/helm.ts';
import { schemaFaults } from '../../tools/kubernetes-schemas.ts';

const VARIANTS: readonly (readonly string[])[] = [
  [],
  ['databases.store.url=', 'databases.marketing.url='],
  ['kafka.brokers=', 'bus.url=postgres://phone82@postgres:5432/phone82_bus'],
  ['ingress.enabled=true', 'ingress.host=shop.example', 'ingress.tlsSecret=shop', 'ingress.className=nginx'],
  ['psp.url=https://psp.example', 'psp.existingSecret=psp', 'telemetry.otlpEndpoint=http://collector:4318'],
  [
    'image.pullSecrets[0].name=registry',
    'nodeSelector.pool=shop',
    'priorityClassName=high',
    'podLabels.team=shop',
  ],
];

describe("Kubernetes' own schemas", () => {
  // The oldest that the chart takes, and the one of the clusters it runs on. KEDA and the Gateway API are no part of them.
  for (const kubernetes of ['1.30', '1.33'])
    test(`of ${kubernetes} take every object that the chart makes`, async () => {
      const texts = await Promise.all(VARIANTS.map(renderText));
      assert.deepEqual(await schemaFaults(texts.join('\n---\n'), kubernetes), []);
    });

  test('catch a field that is not there', async () => {
    const text = (await renderText()).replace('terminationGracePeriodSeconds:', 'terminationGraceSeconds:');
    const faults = await schemaFaults(text, '1.33');
    assert.ok(
      faults.some((fault) => fault.includes('terminationGraceSeconds')),
      faults.join('\n'),
    );
  });
});
