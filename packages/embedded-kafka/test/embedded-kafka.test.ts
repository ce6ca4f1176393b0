import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { accepts } from '@phone82/local-server';
import { describeWith } from '@phone82/testkit';
import { startEmbeddedKafka } from '../src/index.ts';

const FIXTURE = path.join(import.meta.dirname, 'fixtures', 'start-and-wait.ts');
const CACHE = path.resolve(import.meta.dirname, '..', '..', '..', '.phone82', 'cache');

async function isAlive(pid: number): Promise<boolean> {
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (state !== undefined) return !/\) Z /.test(state);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const firstLine = (child: ChildProcess) =>
  new Promise<string>((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('close', () => resolve(text.trim()));
  });

let folder: string;
const starter = (cacheDir: string, PATH = process.env.PATH) =>
  spawn(process.execPath, [FIXTURE, path.join(folder, 'data'), cacheDir], {
    env: { ...process.env, PATH },
    stdio: ['ignore', 'pipe', 'inherit'],
  });

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'phone82-kafka-test-'));
});
after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

describeWith(['java', 'maven'], 'a Kafka of one’s own', () => {
  test('listens when it is started, and is gone when it is stopped, and can be started again', async () => {
    for (let starts = 0; starts < 2; starts++) {
      const kafka = await startEmbeddedKafka({
        dataDir: path.join(folder, 'again'),
        cacheDir: CACHE,
      });
      assert.equal(await accepts(kafka.port), true);
      await kafka.stop();
      assert.equal(await accepts(kafka.port), false);
      assert.equal(await isAlive(kafka.pid), false);
    }
  });

  test('ends with the process that started it, however that ends', async () => {
    const child = starter(CACHE);
    const { pid } = JSON.parse(await firstLine(child)) as { pid: number };
    child.kill('SIGKILL');
    while (await isAlive(pid)) await delay(50);
  });
});

describe('a machine that lacks what a Kafka of one’s own needs', () => {
  test('says what to install where there is no Java', async () => {
    const printed = await firstLine(starter(CACHE, folder));
    assert.match(printed, /^A local Kafka needs Java 17 or later: install it .*KAFKA_BROKERS\.$/);
  });

  test('says what to install where Java is too old', async () => {
    const java = path.join(folder, 'java');
    await writeFile(java, '#!/bin/sh\necho \'openjdk version "11.0.2"\' >&2\n');
    await chmod(java, 0o755);
    assert.match(
      await firstLine(starter(CACHE, folder)),
      /needs Java 17 or later, and this machine has Java 11: install/,
    );
  });

  test('says what to install where Kafka has to be brought and there is no Maven', async () => {
    const java = path.join(folder, 'java');
    await writeFile(java, '#!/bin/sh\necho \'openjdk version "21.0.2"\' >&2\n');
    await chmod(java, 0o755);
    const printed = await firstLine(starter(path.join(folder, 'empty'), folder));
    assert.match(
      printed,
      /^A local Kafka is brought by Maven, which is missing: install it .*KAFKA_BROKERS\.$/,
    );
  });
});
