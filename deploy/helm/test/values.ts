import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { runProgram } from '@phone82/checks';
import { chartFolder, helm, render, renderText, trialValues } from '../../tools/helm.ts';

describe("the chart's values", () => {
  test('pass helm lint', async () => {
    const { code, stdout } = await helm('lint', '--strict', chartFolder, '--values', trialValues);
    assert.equal(code, 0, stdout);
  });

  for (const [values, said] of [
    [['nonsense=1'], /nonsense/],
    [['image.tag=latest'], /image\/tag/],
    [['services.pay.image.tag=latest'], /pay\/image\/tag/],
    [['databases.app.url='], /databases\/app/],
    [['databases.app.url=postgres://phone82:secret@postgres/a'], /databases\/app\/url/],
    [['kafka.brokers='], /bus\/url/],
    [['kafka.sasl.mechanism=PLAIN'], /kafka\/sasl/],
    [['shutdown.drainSeconds=9'], /drainSeconds/],
    [['services.store.autoscaling.cpuPercent=150'], /cpuPercent/],
    [['services.shop.env.A=b'], /shop/],
    [['pspSimulator.enabled=false'], /psp\.url is missing/],
    [['oidc.issuer='], /oidc\.issuer is missing/],
    [['oidc.issuer=http://id.example'], /oidc\/issuer/],
    [['oidc.audience='], /oidc\.audience is missing/],
    [['oidc.existingSecret='], /oidc\.existingSecret is missing/],
    [['serviceKeys.existingSecret='], /serviceKeys\.existingSecret is missing/],
    [['environment=production'], /the PSP simulator does not start in production/],
    [['environment=staging'], /environment/],
    [['trustedServiceAddresses=java.example'], /trustedServiceAddresses/],
    [['gatewayApi.enabled=true'], /gatewayApi\.parentRefs is missing/],
  ] as const)
    test(`are refused where they can't work: ${values[0]}`, async () => {
      await assert.rejects(render(values), said);
    });

  test('give one service an image of its own, its migrations too, and leave the others theirs', async () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const rendered = await renderText([
      `image.digest=sha256:${'b'.repeat(64)}`,
      `services.pay.image.digest=${digest}`,
    ]);
    const images = [...rendered.matchAll(/image: (.*)\n/g)].map(([, image]) => image);
    assert.equal(images.filter((image) => image === `phone82@${digest}`).length, 2);
    assert.ok(images.filter((image) => image?.includes('bbbb')).length >= 10, images.join());
  });

  test('give the rendering that is kept in deploy/k8s', async () => {
    const kept = join(import.meta.dirname, '..', '..', 'k8s');
    const folder = await mkdtemp(join(tmpdir(), 'phone82-rendered-'));
    try {
      const { code, stderr } = await runProgram(join(import.meta.dirname, '..', 'render'), [folder]);
      assert.equal(code, 0, stderr);
      assert.deepEqual(readdirSync(folder), readdirSync(kept), 'run deploy/helm/render');
      for (const file of readdirSync(kept))
        assert.equal(
          readFileSync(join(folder, file), 'utf8'),
          readFileSync(join(kept, file), 'utf8'),
          `${file}: run deploy/helm/render`,
        );
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
