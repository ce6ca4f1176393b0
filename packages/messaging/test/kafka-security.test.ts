import assert from 'node:assert/strict';
import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { createLog } from '@phone82/telemetry';
import { eventually, needs, type SecureTestKafka, silentLog, startSecureTestKafka } from '@phone82/testkit';
import { Admin, alterUserScramCredentialsV0, Connection, instancesChannel } from '@platformatic/kafka';
import type { EventBus, KafkaBusOptions, KafkaSecurity } from '../src/index.ts';
import { ownKafka } from './kafka-under-test.ts';
import { collect, range, received, record, sequence, untilReceived } from './received.ts';

needs('java', 'maven', 'openssl');

const TIMEOUT = { timeoutMs: 90_000 };
const RENEWALS = 8;
const SCRAM_SHA_512 = 2;
const ITERATIONS = 4_096;
const mechanisms = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

describe('a Kafka that asks who comes', () => {
  let kafka: SecureTestKafka;
  let own: ReturnType<typeof ownKafka>;
  const buses: EventBus[] = [];
  const open = (brokers: string, options: Partial<KafkaBusOptions>) => {
    const bus = own.open(brokers, options);
    buses.push(bus);
    return bus;
  };
  const trusting = () => ({ ca: kafka.authority.ca });
  const user = (sasl: Partial<KafkaSecurity['sasl']> = {}): NonNullable<KafkaSecurity['sasl']> => {
    const { name: username, password } = kafka.user;
    return { mechanism: 'SCRAM-SHA-512', username, password, ...sasl };
  };
  const works = async (brokers: string, security: KafkaSecurity) => {
    const bus = open(brokers, security);
    const got = received();
    await eventually(() => bus.ping(), TIMEOUT);
    await collect(bus, own.group('g'), got);
    await eventually(() => bus.publish(sequence('a', 1, 5)), TIMEOUT);
    await untilReceived(got, 5, TIMEOUT.timeoutMs);
    assert.deepEqual(got.numbers('a'), range(1, 5));
  };
  const refuses = (brokers: string, security: KafkaSecurity, sentence: RegExp) =>
    // A busy machine may not even get as far as the refusal.
    eventually(() => assert.rejects(open(brokers, security).ping(), sentence), TIMEOUT);

  before(async () => {
    kafka = await startSecureTestKafka();
  });
  after(() => kafka.stop());
  beforeEach(() => {
    own = ownKafka(kafka);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  for (const mechanism of mechanisms)
    test(`takes a user and a password by ${mechanism}`, () =>
      works(kafka.sasl, { tls: trusting(), sasl: user({ mechanism }) }));

  test('takes a certificate', async () =>
    works(kafka.mutual, { tls: { ...trusting(), ...(await kafka.authority.sign('client')) } }));

  test('refuses a wrong password, and the client says so', () =>
    refuses(
      kafka.sasl,
      { tls: trusting(), sasl: user({ password: 'wrong' }) },
      /does not accept the user "phone82" with this password \(KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD/,
    ));

  test('refuses no certificate and that of a stranger', async () => {
    const refusal = /closed the connection; if it always does, it asks for .* another certificate than ours/;
    await refuses(kafka.mutual, { tls: trusting() }, refusal);
    const strange = await kafka.stranger.sign('client');
    await refuses(kafka.mutual, { tls: { ...trusting(), ...strange } }, refusal);
  });

  test('is refused where its authority is not the one that is trusted', () =>
    refuses(
      kafka.sasl,
      { tls: { ca: kafka.stranger.ca }, sasl: user() },
      /a certificate that is not trusted here \(KAFKA_CA_FILE\)/,
    ));

  test('is refused where its certificate is for another name', () =>
    refuses(
      kafka.sasl.replace('localhost', '127.0.0.1'),
      { tls: trusting(), sasl: user() },
      /shows the certificate of another host \(KAFKA_BROKERS\)/,
    ));

  test('is known by what it asks for, where that is not set', async () => {
    await refuses(kafka.sasl, {}, /asks for TLS at this address \(KAFKA_TLS/);
    await refuses(kafka.sasl, { tls: trusting() }, /asks for a user \(KAFKA_SASL_MECHANISM\)/);
    await refuses(kafka.brokers, { tls: trusting() }, /does not speak TLS at this address/);
    await refuses(kafka.brokers, { sasl: user() }, /takes no SCRAM-SHA-512 at this address/);
  });

  test('is asked again and again by a client that it refuses, whose password no log shows', async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const log = createLog({ service: 'refused', level: 'trace', destination });
    const late = user({ username: `late-${randomBytes(4).toString('hex')}` });
    const bus = open(kafka.sasl, { tls: trusting(), sasl: late, log });
    const got = received();
    await collect(bus, own.group('g'), got);
    const refusal = `Kafka does not accept the user \\"${late.username}\\"`;
    await eventually(() => assert.ok(lines.some((line) => line.includes(refusal))), TIMEOUT);
    await assert.rejects(bus.publish([record('a', 1)]), /does not accept the user/);
    await makeUser(late.username, late.password);
    await eventually(() => bus.publish([record('a', 1)]), TIMEOUT);
    await untilReceived(got, 1, TIMEOUT.timeoutMs);
    assert.doesNotMatch(lines.join(''), new RegExp(late.password));
  });

  test('asks again after a while, and nothing is lost or stands still', async () => {
    let renewals = 0;
    const count = (made: unknown) => {
      const { instance } = made as { readonly instance: unknown };
      if (instance instanceof Connection) instance.on('sasl:authentication:extended', () => renewals++);
    };
    instancesChannel.subscribe(count);
    const bus = open(kafka.sasl, {
      tls: trusting(),
      sasl: user({ mechanism: 'SCRAM-SHA-256' }),
      log: silentLog,
    });
    const got = received();
    await eventually(() => bus.ping(), TIMEOUT);
    await collect(bus, own.group('g'), got);
    let published = 0;
    while (renewals < RENEWALS) {
      await eventually(() => bus.publish([record('a', published + 1)]), TIMEOUT);
      published++;
    }
    instancesChannel.unsubscribe(count);
    await eventually(() => assert.equal(got.numbers('a').length, published), TIMEOUT);
    assert.deepEqual(got.numbers('a'), range(1, published));
  });

  async function makeUser(name: string, password: string): Promise<void> {
    const admin = new Admin({ clientId: 'another', bootstrapBrokers: [kafka.brokers] });
    const [host = '', port] = kafka.brokers.split(':');
    const connection = await admin.connections.get({ host, port: Number(port) });
    const salt = randomBytes(16);
    const saltedPassword = pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512');
    const made = { name, mechanism: SCRAM_SHA_512, iterations: ITERATIONS, salt, saltedPassword };
    await alterUserScramCredentialsV0.api.async(connection, [], [made]);
    await admin.close();
  }
});
