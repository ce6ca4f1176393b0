import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { endsAs, placeOrder } from './order-story.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

/** Settings that a person has for other programs. Each of these, passed on, would keep something from working. */
const HOSTILE = {
  PGHOST: 'nowhere.invalid',
  PGPORT: '1',
  PGUSER: 'nobody',
  PGPASSWORD: 'wrong',
  PGDATABASE: 'nothing',
  PGSSLMODE: 'require',
  PGOPTIONS: '-c search_path=elsewhere -c default_transaction_read_only=on',
  PGSERVICE: 'elsewhere',
  PGCLIENTENCODING: 'SQL_ASCII',
  PGDATA: '/nowhere',
  PGTZ: 'Pacific/Kiritimati',
  MYSQL_HOST: 'nowhere.invalid',
  MYSQL_TCP_PORT: '1',
  MYSQL_HOME: '/nowhere',
  MARIADB_HOME: '/nowhere',
  KAFKA_BROKERS: 'nowhere.invalid:1',
  KAFKA_TLS: 'true',
  KAFKA_SASL_MECHANISM: 'PLAIN',
  KAFKA_SASL_USERNAME: 'nobody',
  KAFKA_SASL_PASSWORD: 'wrong',
  KAFKA_OPTS: '-Dnowhere=1',
  JAVA_TOOL_OPTIONS: '-Dnowhere=1',
  CLASSPATH: '/nowhere',
  OTEL_SERVICE_NAME: 'another',
  OTEL_RESOURCE_ATTRIBUTES: 'service.name=another',
  OTEL_SDK_DISABLED: 'true',
  DATABASE_URL: 'postgres://nowhere.invalid/shop',
  BUS_URL: 'postgres://nowhere.invalid/bus',
  HOST: 'nowhere.invalid',
  PORT: '1',
  LOG_LEVEL: 'silent',
  NODE_ENV: 'test',
  HTTP_PROXY: 'http://nowhere.invalid:1',
  HTTPS_PROXY: 'http://nowhere.invalid:1',
  ALL_PROXY: 'http://nowhere.invalid:1',
  TZ: 'Pacific/Kiritimati',
  LANG: 'ko_KR.EUC-KR',
  LC_ALL: 'no_SUCH.locale',
};
/** Said by the system itself, with another value. */
const SAID_ANEW = /^(BUS_URL|DATABASE_URL|HOST|PORT|LOG_LEVEL|KAFKA_[A-Z_]+|TZ|LANG|LC_ALL)$/;

for (const options of [[], ['--bus', 'kafka', '--store-db', 'mariadb']])
  describe(`with settings for other programs in the environment: up ${options.join(' ')}`, () => {
    let system: SystemUnderTest;
    before(async () => {
      system = await newSystem();
      // With --bus kafka the broker that KAFKA_BROKERS names would be taken, as documented.
      const { KAFKA_BROKERS, ...others } = HOSTILE;
      Object.assign(system.environment, options.length > 0 ? others : HOSTILE);
    });
    after(() => system.dispose());

    test('all comes up, and an order is shipped', async () => {
      succeeded(await system.run('up', '--detach', ...options));
      await endsAs(system, await placeOrder(system), 'shipped');
    });

    test('no process of the system has them', async () => {
      const { services, servers } = JSON.parse(succeeded(await system.run('status', '--json')));
      for (const { name, pid } of [...services, ...servers]) {
        const environment = (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0');
        const passedOn = Object.entries(HOSTILE).filter(([key, value]) =>
          environment.includes(`${key}=${value}`),
        );
        assert.deepEqual(passedOn, [], name);
        const names = environment.map((entry) => entry.split('=')[0] ?? '');
        const unwanted = names.filter((key) => key in HOSTILE && !SAID_ANEW.test(key));
        assert.deepEqual(unwanted, [], name);
      }
    });
  });
