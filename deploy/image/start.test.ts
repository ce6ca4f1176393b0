import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readManifests, workloadsOf } from '@phone82/checks';
import { type ServiceName, serviceNames, services } from '@phone82/service-list';
import { httpClient, loggedPort, startTestPostgres, temporaryFolder } from '@phone82/testkit';

const manifests = readManifests(path.join(import.meta.dirname, '..', 'k8s'));

/** The settings that the rendered chart gives a service in the open. */
function settingsOf(name: ServiceName): Record<string, string> {
  const workload = workloadsOf(manifests).find(
    ({ manifest }) => manifest.kind === 'Deployment' && manifest.metadata.name === name,
  );
  const plain = (workload?.containers[0]?.env ?? []).filter(({ value }) => value !== undefined);
  return Object.fromEntries(plain.map((variable) => [variable.name, variable.value as string]));
}

describe('with the settings of the chart, listening on all addresses, in production', () => {
  let postgres: Awaited<ReturnType<typeof startTestPostgres>>;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const running: ChildProcess[] = [];

  before(async () => {
    postgres = await startTestPostgres();
    folder = await temporaryFolder();
    const key = (kid: string) => {
      const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
      return { ...jwk, kid, alg: 'EdDSA' };
    };
    for (const name of ['app', 'pay'])
      await writeFile(path.join(folder.path, `${name}.jwk.json`), JSON.stringify(key(name)));
    await writeFile(path.join(folder.path, 'service-keys.json'), '{}');
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await postgres.stop();
    await folder.remove();
  });

  const databaseOf = async (name: ServiceName) =>
    services[name].keeps === 'postgres'
      ? postgres.freshDatabase()
      : `sqlite://${path.join(folder.path, `${name}.db`)}`;

  /** As the chart says, save for the servers, the folder of the keys, and the secrets. */
  async function start(name: ServiceName) {
    const given = settingsOf(name);
    const keys = Object.entries(given).filter(([, value]) => value.startsWith('/keys/'));
    const env = {
      ...given,
      ...Object.fromEntries(keys.map(([key, value]) => [key, value.replace('/keys', folder.path)])),
      ...{
        PHONE82_ENV: 'production',
        HOST: '0.0.0.0',
        PORT: '0',
        MIGRATE_AT_START: 'true',
        KAFKA_BROKERS: '',
      },
      ...{ DATABASE_URL: await databaseOf(name), BUS_URL: await postgres.freshDatabase() },
      ...{ OIDC_CLIENT_SECRET: 'secret', SESSION_KEY: Buffer.alloc(32, 7).toString('base64') },
      MARKETING_URL: 'http://127.0.0.1:1',
    };
    const entry = path.join(import.meta.dirname, 'entry.ts');
    const child = spawn(process.execPath, [entry, name], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    return { child, http: httpClient(`http://127.0.0.1:${await loggedPort(child)}`) };
  }

  for (const name of serviceNames)
    test(`${name} starts, and tells nothing to who is not signed in`, async () => {
      const { child, http } = await start(name);
      assert.equal((await http.get('/livez')).status, 200);
      const [guarded] = services[name].paths;
      if (guarded) assert.equal((await http.get(guarded)).status, 401, guarded);
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      assert.deepEqual(await ended, [0, null]);
    });
});
