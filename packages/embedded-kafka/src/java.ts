import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { serverEnvironment } from '@phone82/local-server';
import { EmbeddedKafkaError } from './errors.ts';

const OLDEST_JAVA = 17;

/** @throws EmbeddedKafkaError that says what to install, where there is no Java that runs Kafka. */
export async function requireJava(): Promise<void> {
  const version = await printedBy('java', '-version');
  const [, major, minor] = /version "(\d+)(?:\.(\d+))?/.exec(version ?? '') ?? [];
  const release = Number(major === '1' ? minor : major);
  if (release >= OLDEST_JAVA) return;
  const found = release > 0 ? `, and this machine has Java ${release}` : '';
  throw new EmbeddedKafkaError(
    'javaMissing',
    `A local Kafka needs Java ${OLDEST_JAVA} or later${found}: install it (Debian: openjdk-17-jre-headless), or name a running Kafka with KAFKA_BROKERS.`,
  );
}

/** @throws EmbeddedKafkaError that says what to install, where there is no Maven. */
export async function requireMaven(): Promise<void> {
  if (await printedBy('mvn', '--version')) return;
  throw new EmbeddedKafkaError(
    'mavenMissing',
    'A local Kafka is brought by Maven, which is missing: install it (Debian: maven), or name a running Kafka with KAFKA_BROKERS.',
  );
}

async function printedBy(command: string, argument: string): Promise<string | undefined> {
  return promisify(execFile)(command, [argument], { env: serverEnvironment() }).then(
    ({ stdout, stderr }) => stdout + stderr,
    () => undefined,
  );
}
