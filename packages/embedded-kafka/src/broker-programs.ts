import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { bringOnce, exists } from '@phone82/local-server';
import { EmbeddedKafkaError } from './errors.ts';
import { requireJava, requireMaven } from './java.ts';

const POM = path.join(import.meta.dirname, '..', 'pom.xml');

/**
 * The folder that holds Kafka's programs, which Maven copies into `cacheDir` once per version.
 * @throws EmbeddedKafkaError where Maven is missing or can't bring them.
 */
export async function brokerPrograms(cacheDir: string, log: (message: string) => void): Promise<string> {
  const folder = await folderIn(cacheDir);
  if (await exists(folder)) return folder;
  await requireMaven();
  log('bringing Kafka from Maven Central (once, about 45 MB)');
  await bringOnce(folder, copyWithMaven);
  return folder;
}

/**
 * Whether a broker could be started here; brings nothing.
 * @throws EmbeddedKafkaError that says what to install, where Java is missing, or Kafka's programs and the Maven that would bring them.
 */
export async function requireBrokerPrograms(cacheDir: string): Promise<void> {
  await requireJava();
  if (!(await exists(await folderIn(cacheDir)))) await requireMaven();
}

/** One for each version. */
async function folderIn(cacheDir: string): Promise<string> {
  const mark = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex')
    .slice(0, 12);
  return path.join(cacheDir, `kafka-${mark}`);
}

/** Maven has the caller's whole environment: its mirror, proxy and options are set up there. */
async function copyWithMaven(folder: string): Promise<void> {
  const words = ['-B', '-q', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  await promisify(execFile)('mvn', words, { maxBuffer: 16 * 1024 * 1024 }).catch((error) => {
    const printed = `${error.stdout ?? ''}`.split('\n').find((line) => line.includes('[ERROR]'));
    throw new EmbeddedKafkaError(
      'downloadFailed',
      `Maven could not bring Kafka (${printed?.trim() ?? error.message}): see that it reaches Maven Central, or name a running Kafka with KAFKA_BROKERS.`,
      { cause: error },
    );
  });
}
