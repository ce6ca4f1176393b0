import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { describe, test } from 'node:test';
import { endOf } from '@phone82/testkit';
import { endsAs, placeOrder } from './order-story.ts';
import { runningSystem, succeeded } from './system-under-test.ts';

const system = runningSystem();
const stateOf = async (service: string): Promise<string> => {
  const { services } = JSON.parse(succeeded(await system.run('status', '--json')));
  return services.find(({ name }: { name: string }) => name === service).state;
};
const printed = (command: ChildProcess, text: string) =>
  new Promise<void>((resolve) => {
    let all = '';
    command.stdout?.on('data', (chunk) => {
      all += chunk;
      if (all.includes(text)) resolve();
    });
  });

describe('demo leaves marketing running', () => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    test(`on ${signal} while it is stopped, and says that it was interrupted`, async () => {
      const demo = system.spawn('demo');
      const ended = endOf(demo);
      await printed(demo, 'marketing is stopped');
      demo.kill(signal);
      const { code, stdout, stderr } = await ended;
      assert.deepEqual(
        [code, /interrupted; all services run as before/.test(stderr)],
        [expected(signal), true],
      );
      assert.doesNotMatch(stdout, /FAILED/);
      assert.equal(await stateOf('marketing'), 'ready');
    });

  test('when its reader leaves: it goes on to the end, and its exit code is true', async () => {
    const demo = system.spawn('demo');
    const ended = endOf(demo);
    await printed(demo, 'marketing is stopped');
    demo.stdout?.destroy();
    assert.equal((await ended).code, 0);
    assert.equal(await stateOf('marketing'), 'ready');
  });
});

test('load begins no more orders on SIGINT, finishes those under way, and says how many there were', async () => {
  const load = system.spawn('load', '--orders', '1000', '--rate', '20');
  const ended = endOf(load);
  await printed(load, ' of 1000 answered');
  load.kill('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, expected('SIGINT'));
  const [, taken] = /interrupted; (\d+) orders were taken/.exec(stderr) ?? [];
  assert.ok(Number(taken) > 0 && Number(taken) < 1_000, stderr);
  await endsAs(system, await placeOrder(system), 'shipped');
});

const expected = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') =>
  ({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })[signal];
