import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import Type from 'typebox';
import { ConfigError, loadConfig } from './config.ts';

const schema = Type.Object({
  PORT: Type.Integer({ default: 8081, minimum: 0, maximum: 65_535, description: 'Where it listens' }),
  DATABASE_URL: Type.String({ pattern: '^postgres://', description: 'The database' }),
  STORE_MANUAL: Type.Boolean({ default: false }),
  RATIO: Type.Number({ default: 0.5, maximum: 1 }),
  LEVEL: Type.Enum(['info', 'debug'], { default: 'info' }),
  NOTE: Type.Optional(Type.String({ maxLength: 3 })),
});
const DATABASE_URL = 'postgres://db';

const faultsOf = (env: Record<string, string | undefined>): readonly string[] => {
  try {
    loadConfig(schema, env);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    for (const fault of error.faults) assert.ok(error.message.includes(fault));
    return error.faults;
  }
  return [];
};

describe('a configuration', () => {
  test('has the defaults where the environment is silent', () => {
    const config = { PORT: 8081, DATABASE_URL, STORE_MANUAL: false, RATIO: 0.5, LEVEL: 'info' };
    assert.deepEqual(loadConfig(schema, { DATABASE_URL }), config);
    assert.deepEqual(loadConfig(schema, { DATABASE_URL, PORT: '', NOTE: '' }), config);
  });

  test('reads numbers and booleans from their text', () => {
    const env = { DATABASE_URL, PORT: '0', STORE_MANUAL: 'true', RATIO: '0.25', LEVEL: 'debug', NOTE: 'abc' };
    const config = { DATABASE_URL, PORT: 0, STORE_MANUAL: true, RATIO: 0.25, LEVEL: 'debug', NOTE: 'abc' };
    assert.deepEqual(loadConfig(schema, env), config);
  });

  test('knows no more than its schema names', () => {
    assert.ok(!('HOME' in loadConfig(schema, { DATABASE_URL, HOME: '/somewhere' })));
  });

  test('names every missing and bad key in one error, with what each is for', () => {
    const env = { PORT: '70000', STORE_MANUAL: 'yes', RATIO: 'half', LEVEL: 'loud', NOTE: 'too long' };
    const faults = faultsOf(env);
    assert.deepEqual(
      faults.map((fault) => fault.split(/[= ]/)[0]),
      ['PORT', 'DATABASE_URL', 'STORE_MANUAL', 'RATIO', 'LEVEL', 'NOTE'],
    );
    assert.match(faults[0] ?? '', /PORT="70000" is not usable \(integer: Where it listens\)/);
    assert.match(faults[1] ?? '', /DATABASE_URL is missing \(string: The database\)/);
  });

  for (const PORT of ['80.5', 'abc', ' ', '-1', '65536', 'Infinity'])
    test(`takes no port for "${PORT}"`, () => {
      assert.equal(faultsOf({ DATABASE_URL, PORT }).length, 1);
    });
});
