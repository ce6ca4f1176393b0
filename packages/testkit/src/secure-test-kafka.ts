import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EmbeddedKafka } from '@phone82/embedded-kafka';
import { freePort } from '@phone82/local-server';
import { temporaryFolder } from './temporary-folder.ts';
import { type TestAuthority, testAuthority } from './test-certificates.ts';
import { CACHE } from './test-kafka.ts';

/** A real Kafka broker for tests that asks who comes, made known by a certificate for `localhost` only. */
export interface SecureTestKafka {
  /** The door that asks nothing. */
  readonly brokers: string;
  /** The door that asks for TLS, name and password; SCRAM-SHA-256 again every two seconds. */
  readonly sasl: string;
  /** The door that asks for TLS and a certificate of {@link authority}. */
  readonly mutual: string;
  readonly authority: TestAuthority;
  /** One that the broker does not know, and that does not know the broker. */
  readonly stranger: TestAuthority;
  readonly user: { readonly name: string; readonly password: string };
  stop(): Promise<void>;
}

const USER = { name: 'phone82', password: 'not-to-be-seen' };

/** Makes the certificates and starts it. It fails where openssl, Java or Maven is missing. */
export async function startSecureTestKafka(): Promise<SecureTestKafka> {
  const { startEmbeddedKafka } = await import('@phone82/embedded-kafka');
  const folder = await temporaryFolder();
  const authority = await testAuthority(folder.path, 'authority');
  const stranger = await testAuthority(folder.path, 'stranger');
  const { key, cert } = await authority.sign('localhost');
  const [keystore, truststore] = [join(folder.path, 'broker.pem'), join(folder.path, 'clients.pem')];
  await writeFile(keystore, key + cert);
  await writeFile(truststore, authority.ca);
  const [saslPort, mutualPort] = [await freePort(), await freePort()];
  const broker: EmbeddedKafka = await startEmbeddedKafka({
    dataDir: join(folder.path, 'kafka'),
    cacheDir: CACHE,
    secureDoors: { saslPort, mutualPort, keystore, truststore, user: USER, scram256SessionMs: 2_000 },
  }).catch(async (error) => {
    await folder.remove();
    throw error;
  });
  return {
    brokers: broker.brokers,
    sasl: `localhost:${saslPort}`,
    mutual: `localhost:${mutualPort}`,
    authority,
    stranger,
    user: USER,
    stop: async () => {
      await broker.stop();
      await folder.remove();
    },
  };
}
