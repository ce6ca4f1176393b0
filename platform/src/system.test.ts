import assert from 'node:assert/strict';
import { test } from 'node:test';
import { temporaryFolder } from '@phone82/testkit';
import { serviceSettings } from './supervisor/service-environment.ts';
import { serviceNamed, systemFrom } from './system.ts';

const servers = {
  postgres: (name: string) => `postgres://${name}`,
  sqlite: (name: string) => `sqlite://${name}`,
  storeDatabase: (name: string) => `mariadb://${name}`,
  kafka: () => ({ KAFKA_BROKERS: '' }),
};

test('the offset shifts every port and every address that services are told', async () => {
  const system = await systemFrom({ PHONE82_HOME: '/data', PHONE82_PORT_OFFSET: '1000' });
  const settings = serviceSettings(system, serviceNamed(system, 'pay'), servers);
  assert.deepEqual(settings, {
    NODE_COMPILE_CACHE: '/data/cache/node',
    HOST: '127.0.0.1',
    LOG_LEVEL: 'info',
    DATABASE_POOL: '3',
    BUS_URL: 'postgres://phone82_bus',
    OIDC_ISSUER: 'http://localhost:9088',
    OIDC_AUDIENCE: 'phone82',
    KAFKA_BROKERS: '',
    PORT: '9083',
    DATABASE_URL: 'postgres://phone82_pay',
    MARKETING_URL: 'http://127.0.0.1:9086',
    SERVICE_KEY_FILE: '/data/keys/pay.jwk.json',
    SERVICE_KEYS_FILE: '/data/keys/service-keys.json',
    PSP_URL: 'http://127.0.0.1:9087',
  });
});

test('pay is sent to the PSP that the caller chose', async () => {
  const system = await systemFrom({ PSP_URL: 'https://api.tosspayments.com', PAY_URL: 'http://elsewhere' });
  const settings = serviceSettings(system, serviceNamed(system, 'pay'), servers);
  assert.equal(settings.PSP_URL, 'https://api.tosspayments.com');
  const { PAY_URL } = serviceSettings(system, serviceNamed(system, 'app'), servers);
  assert.equal(PAY_URL, 'http://127.0.0.1:8083');
});

test('a service has as many connections to its database as the caller says', async () => {
  const system = await systemFrom({ DATABASE_POOL: '12' });
  assert.equal(serviceSettings(system, serviceNamed(system, 'app'), servers).DATABASE_POOL, '12');
});

test('gateway is told where its sessions and its key are, unless the caller has a key', async (t) => {
  const folder = await temporaryFolder();
  t.after(folder.remove);
  const settingsWith = async (env: Record<string, string>) => {
    const system = await systemFrom({ PHONE82_HOME: folder.path, ...env });
    return serviceSettings(system, serviceNamed(system, 'gateway'), servers);
  };
  const own = await settingsWith({});
  assert.equal(own.DATABASE_URL, 'postgres://phone82_gateway');
  assert.equal(own.SESSION_KEY_FILE, `${folder.path}/keys/session.key`);
  assert.equal((await settingsWith({ SESSION_KEY_FILE: '/elsewhere' })).SESSION_KEY_FILE, '/elsewhere');
  assert.equal((await settingsWith({ SESSION_KEY: 'k' })).SESSION_KEY_FILE, '');
});

test('the PSP simulator is told where its books are and where its news goes', async () => {
  const system = await systemFrom({ PHONE82_HOME: '/data' });
  const simulator = serviceNamed(system, 'psp-simulator');
  const { DATABASE_URL, WEBHOOK_URL } = serviceSettings(system, simulator, servers);
  assert.equal(DATABASE_URL, 'sqlite://psp-simulator');
  assert.equal(WEBHOOK_URL, 'http://127.0.0.1:8083/webhooks/toss');
});

for (const offset of ['abc', '-1', '1.5', '70000']) {
  test(`refuses the port offset ${offset}`, async () => {
    await assert.rejects(systemFrom({ PHONE82_PORT_OFFSET: offset }), /set a whole number from 0 to 57447/);
  });
}

test('a service that is not there is answered with those that are', async () => {
  const system = await systemFrom({});
  assert.throws(() => serviceNamed(system, 'shop'), /no service "shop": name one of gateway, app/);
});
