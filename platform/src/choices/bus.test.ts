import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { topology } from '../topology.ts';
import { busOf, rememberBus } from './bus.ts';

describe('the log of a data folder', () => {
  let home: string;
  const up = async (environment: NodeJS.ProcessEnv = {}) => {
    const system = { root: home, home, portOffset: 0, topology, environment };
    const choice = await busOf(system);
    await rememberBus(system, choice);
    return choice;
  };

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'phone82-bus-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  test('is in PostgreSQL unless it is told otherwise, whatever KAFKA_BROKERS says', async () => {
    assert.deepEqual(await up({ KAFKA_BROKERS: 'kafka:9092' }), { bus: 'embedded' });
  });

  test('stays where it was, without being told again', async () => {
    await up({ PHONE82_BUS: 'kafka' });
    assert.deepEqual(await up(), { bus: 'kafka' });
  });

  test('stays in the Kafka that was named, which can be named anew', async () => {
    await up({ PHONE82_BUS: 'kafka', KAFKA_BROKERS: 'old:9092' });
    assert.deepEqual(await up(), { bus: 'kafka', brokers: 'old:9092' });
    await up({ PHONE82_BUS: 'kafka', KAFKA_BROKERS: 'new:9092' });
    assert.deepEqual(await up(), { bus: 'kafka', brokers: 'new:9092' });
  });

  test('is not left behind for another', async () => {
    await up({ PHONE82_BUS: 'kafka' });
    for (const other of [{ PHONE82_BUS: 'embedded' }, { PHONE82_BUS: 'kafka', KAFKA_BROKERS: 'kafka:9092' }])
      await assert.rejects(up(other), /are in its own Kafka .*: go on with that, .*PHONE82_HOME, or wipe it/);
  });

  test('is in PostgreSQL where data are older than the choice', async () => {
    await mkdir(path.join(home, 'postgres', 'cluster'), { recursive: true });
    await writeFile(path.join(home, 'postgres', 'cluster', 'PG_VERSION'), '18\n');
    await assert.rejects(up({ PHONE82_BUS: 'kafka' }), /are in its PostgreSQL/);
  });

  test('can not be in what there is not', async () => {
    await assert.rejects(up({ PHONE82_BUS: 'rabbit' }), /no bus "rabbit": name embedded or kafka/);
  });
});
