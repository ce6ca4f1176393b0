import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { projectRoot } from '../source-files.ts';
import { composeEnvironments, type Environments, environmentFaults, environmentsOf } from './environment.ts';
import { imageSettings, inspectManifests } from './inspect.ts';
import { knownSettings } from './known-settings.ts';
import { readManifests } from './manifest.ts';

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8');
const chart = environmentsOf(readManifests(join(projectRoot, 'deploy/k8s')));
const compose = composeEnvironments(parse(read('compose.yaml'), { merge: true }));
const image = imageSettings(read('deploy/image/Dockerfile'));

const faults = (ofChart: Environments, ofCompose: Environments = compose) =>
  environmentFaults(
    [
      { name: 'chart', environments: ofChart },
      { name: 'compose', environments: ofCompose },
    ],
    knownSettings,
    image,
  );
const changed = (service: string, change: (keys: readonly string[]) => readonly string[]) => ({
  ...chart,
  [service]: change(chart[service] ?? []),
});

describe('the settings of chart and compose file', () => {
  test('are those of the services, and the same in both', () => {
    assert.deepEqual(faults(chart), []);
    assert.deepEqual(inspectManifests(projectRoot).violations, []);
  });

  test('are compared for all seven processes of the image', () => {
    assert.deepEqual(Object.keys(chart).sort(), Object.keys(knownSettings).sort());
    assert.deepEqual(Object.keys(compose).sort(), Object.keys(knownSettings).sort());
    assert.deepEqual(image, ['NODE_ENV', 'HOST', 'PORT']);
  });

  test('that no service knows are found', () => {
    const found = faults(changed('app', (keys) => [...keys, 'PAY_ADDRESS']));
    assert.ok(found.includes('chart: app is given PAY_ADDRESS, which it does not know'), found.join('\n'));
  });

  test('that a service cannot do without are missed', () => {
    for (const [service, key] of [
      ['store', 'DATABASE_URL'],
      ['app', 'PAY_URL'],
      ['pay', 'KAFKA_BROKERS'],
      ['gateway', 'CUSTOMER_URL'],
      ['customer', 'OIDC_ISSUER'],
      ['gateway', 'OIDC_AUDIENCE'],
      ['app', 'SERVICE_KEY_FILE'],
      ['marketing', 'SERVICE_KEYS_FILE'],
    ] as const) {
      const found = faults(changed(service, (keys) => keys.filter((each) => each !== key)));
      assert.ok(found.includes(`chart: ${service} is not given ${key}`), found.join('\n'));
    }
  });

  test('that only one of the two places gives are found', () => {
    const found = faults(changed('store', (keys) => [...keys, 'STORE_MANUAL']));
    assert.deepEqual(found, ['compose: store is not given STORE_MANUAL, which chart gives it']);
  });

  test('that are given twice are found', () => {
    const found = faults(changed('store', (keys) => [...keys, 'LOG_LEVEL']));
    assert.deepEqual(found, ['chart: store is given LOG_LEVEL twice']);
  });

  test('are missed for a service that is not there', () => {
    const { customer: _, ...others } = chart;
    assert.ok(faults(others).includes('chart: customer is not there'));
  });
});
