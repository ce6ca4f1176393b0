import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { endOf } from '@phone82/testkit';
import { runningSystem, succeeded } from './system-under-test.ts';

const system = runningSystem();

describe('the demo', () => {
  const plays = async (demo = endOf(system.spawn('demo'))) => {
    const stdout = succeeded(await demo);
    assert.match(stdout, /all (\d+) steps as the scenario has them/);
    assert.doesNotMatch(stdout, /FAILED|not tried/);
  };

  test('plays the scenario, step by step', () => plays());
  test('plays it again', () => plays());
  test('plays it also when marketing is killed meanwhile', async () => {
    const demo = system.spawn('demo');
    const ended = endOf(demo);
    await new Promise((resolve) => demo.stdout?.once('data', resolve));
    succeeded(await system.run('kill', 'marketing'));
    await plays(ended);
  });
});
