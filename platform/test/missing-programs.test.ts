import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { SystemUnderTest } from './fixtures/system-under-test.ts';

describe('a machine without Java', () => {
  let small: SystemUnderTest;
  beforeEach(async () => {
    small = await SystemUnderTest.create({ PATH: '/no/programs' });
  });
  afterEach(() => small.dispose());

  test('is told what a Kafka of its own needs, before the data folder is bound to it', async () => {
    const { code, stderr } = await small.run('up', '--bus', 'kafka');
    assert.equal(code, 1);
    assert.match(stderr, /A local Kafka needs Java 17 or later: install it .*KAFKA_BROKERS/);
    assert.equal(existsSync(path.join(small.system.home, 'bus.json')), false);
  });
});
