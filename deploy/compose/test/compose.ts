import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { callees, callers, keepers, serviceNames, services } from '@phone82/service-list';
import { parse } from 'yaml';
import { composeFaults } from '../../tools/compose-schema.ts';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly read_only?: boolean;
  readonly user?: string;
  readonly cap_drop?: readonly string[];
  readonly healthcheck?: object;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const text = readFileSync(join(import.meta.dirname, '..', '..', '..', 'compose.yaml'), 'utf8');
const compose = parse(text, { merge: true }) as { readonly services: Readonly<Record<string, Service>> };
const ours = Object.entries(compose.services).filter(([, { image }]) => image.includes('PHONE82_IMAGE'));
const theirs = Object.entries(compose.services).filter(([, { image }]) => !image.includes('PHONE82_IMAGE'));
const running = ours.filter(([name, { command }]) => command?.[0] === name);

describe('the compose file', () => {
  test('is one by the schema of the compose specification', async () => {
    assert.deepEqual(await composeFaults(compose), []);
  });

  test('would not be one with a field that is not there', async () => {
    const faults = await composeFaults({ services: { app: { image: 'phone82:0.1.0', depend_on: ['pay'] } } });
    assert.ok(
      faults.some((fault) => fault.includes('depend_on')),
      faults.join('\n'),
    );
  });

  test('runs the image of the chart with as few rights', () => {
    for (const [name, { read_only, user, cap_drop }] of ours) {
      assert.deepEqual([name, read_only, cap_drop], [name, true, ['ALL']]);
      // The one that gives a new volume to the others' user has to be root.
      assert.equal(user, name === 'psp-books' ? '0:0' : '10001:10001');
    }
  });

  test('pins the servers of others by digest', () => {
    assert.deepEqual(theirs.map(([name]) => name).sort(), ['kafka', 'mariadb', 'postgres']);
    for (const [name, { image }] of theirs)
      assert.match(image, /^[a-z/]+:[\w.-]+@sha256:[0-9a-f]{64}$/, name);
  });

  test('answers on the ports of the single machine, and to that machine only', () => {
    const ports = Object.fromEntries(running.map(([name, service]) => [name, service.ports]));
    assert.deepEqual(ports, {
      ...Object.fromEntries(serviceNames.map((name) => [name, [`127.0.0.1:${services[name].port}:8080`]])),
      'psp-simulator': ['127.0.0.1:8087:8080'],
    });
  });

  test('does not start without issuer, audience and the secrets of sign-in', () => {
    for (const name of serviceNames)
      for (const key of ['OIDC_ISSUER', 'OIDC_AUDIENCE'])
        assert.match(compose.services[name]?.environment?.[key] ?? '', new RegExp(`^\\$\\{${key}:\\?`), name);
    for (const key of ['OIDC_CLIENT_SECRET', 'SESSION_KEY'])
      assert.match(compose.services.gateway?.environment?.[key] ?? '', new RegExp(`^\\$\\{${key}:\\?`));
  });

  test('gives each service only the keys that it needs', () => {
    for (const name of serviceNames) {
      const { environment = {}, secrets = [] } = compose.services[name] ?? {};
      const own = callers.some((caller) => caller === name) ? [`${name}.jwk.json`] : [];
      const shared = callees.some((callee) => callee === name) ? ['service-keys.json'] : [];
      assert.deepEqual(secrets, [...own, ...shared], name);
      const files = [environment.SERVICE_KEY_FILE, environment.SERVICE_KEYS_FILE].filter(Boolean);
      assert.deepEqual(
        files,
        secrets.map((secret) => `/run/secrets/${secret}`),
        name,
      );
    }
  });

  test('waits for what is healthy, and for each migration to have ended', () => {
    for (const [name, { healthcheck }] of [...running, ...theirs])
      assert.ok(healthcheck, `${name} has a health check`);
    for (const name of keepers)
      assert.deepEqual(compose.services[name]?.depends_on, {
        kafka: { condition: 'service_healthy' },
        [`migrate-${name}`]: { condition: 'service_completed_successfully' },
      });
  });
});
