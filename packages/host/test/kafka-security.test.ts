import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needs, temporaryFolder, testAuthority } from '@phone82/testkit';
import { kafkaSecurity } from '../src/kafka-security.ts';

needs('openssl');

describe('the files by which Kafka is come by', () => {
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  const at = (name: string) => join(folder.path, name);
  const read = (files: Record<string, string>) => kafkaSecurity({ KAFKA_TLS: true, ...files });

  before(async () => {
    folder = await temporaryFolder();
    const authority = await testAuthority(folder.path, 'authority');
    const [ours, another] = [await authority.sign('ours'), await authority.sign('another')];
    await writeFile(at('ca.pem'), authority.ca);
    await writeFile(at('cert.pem'), ours.cert);
    await writeFile(at('key.pem'), ours.key);
    await writeFile(at('another.pem'), another.key);
    await writeFile(at('words.pem'), 'not a certificate');
  });
  after(() => folder.remove());

  test('are read', async () => {
    const { tls } = await read({
      KAFKA_CA_FILE: at('ca.pem'),
      KAFKA_CERT_FILE: at('cert.pem'),
      KAFKA_KEY_FILE: at('key.pem'),
    });
    for (const text of [tls?.ca, tls?.cert, tls?.key]) assert.match(text ?? '', /^-----BEGIN/);
  });

  test('are named where they are not there', async () => {
    await assert.rejects(read({ KAFKA_CA_FILE: at('none.pem') }), /KAFKA_CA_FILE can't be read \(ENOENT/);
  });

  test('are named where they hold something else', async () => {
    await assert.rejects(
      read({ KAFKA_CA_FILE: at('words.pem') }),
      /KAFKA_CA_FILE=".*words.pem" is no PEM file/,
    );
  });

  test('are named where certificate and key are not of one another', async () => {
    const files = { KAFKA_CERT_FILE: at('cert.pem'), KAFKA_KEY_FILE: at('another.pem') };
    await assert.rejects(read(files), /KAFKA_CERT_FILE with KAFKA_KEY_FILE is not usable \(.*mismatch/);
  });
});
