import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { serverEnvironment } from '@phone82/local-server';
import { javaWords } from './broker-process.ts';
import { type BrokerSettings, brokerSettings } from './broker-settings.ts';
import { EmbeddedKafkaError } from './errors.ts';
import { formatWords } from './secure-doors.ts';

/** Where the log lies in a broker's data folder. */
const logFolderIn = (dataDir: string) => path.join(dataDir, 'log');

/** What a formatted folder is marked with. In those of earlier versions no topic says by itself that it is flushed at each record. */
const FLUSHED_BY_THE_BROKER = '';
const FLUSHED_BY_TOPIC = 'topics say whether they are flushed\n';

/** Writes the settings, and formats the log's folder where it is new; returns the settings' file. */
export async function prepareStorage(
  programs: string,
  dataDir: string,
  settings: Omit<BrokerSettings, 'folder' | 'flushesAll'>,
): Promise<string> {
  const folder = logFolderIn(dataDir);
  const file = path.join(dataDir, 'server.properties');
  await mkdir(dataDir, { recursive: true });
  const formatted = path.join(dataDir, 'formatted');
  const mark = await readFile(formatted, 'utf8').catch(() => undefined);
  await writeFile(file, brokerSettings({ ...settings, folder, flushesAll: mark === FLUSHED_BY_THE_BROKER }));
  if (mark !== undefined) return file;
  // A format that was interrupted left something that Kafka would refuse.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder);
  await format(programs, file, formatWords(settings.secureDoors));
  await writeFile(formatted, FLUSHED_BY_TOPIC);
  return file;
}

async function format(programs: string, file: string, further: readonly string[]): Promise<void> {
  const clusterId = randomBytes(16).toString('base64url');
  // One word, for an id may begin with a hyphen.
  const id = `--cluster-id=${clusterId}`;
  const words = javaWords(programs, 'kafka.tools.StorageTool', 'format', id, '-c', file, ...further);
  await promisify(execFile)('java', ['-XX:TieredStopAtLevel=1', ...words], {
    env: serverEnvironment(),
  }).catch((error) => {
    const printed = `${error.stderr || error.stdout || error.message}`.trim();
    const message = `Kafka could not format its folder (${printed.split('\n').at(-1)}).`;
    throw new EmbeddedKafkaError('formatFailed', message, { cause: error });
  });
}

/** The last line of the broker's own words that tells of an error. */
export async function lastComplaint(logFile: string): Promise<string> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trim().split('\n');
  return lines.findLast((line) => /ERROR|FATAL|Exception/.test(line)) ?? lines.at(-1) ?? 'no output';
}
