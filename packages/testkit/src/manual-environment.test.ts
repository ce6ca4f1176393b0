import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualEnvironment } from './index.ts';

test('time moves only when it is told to, and wakes sleepers in order', async () => {
  const environment = manualEnvironment({ now: 1_000 });
  const woken: [string, number][] = [];
  const sleep = async (name: string, ms: number) => {
    await environment.sleep(ms);
    woken.push([name, environment.now()]);
  };
  void sleep('late', 300);
  void sleep('early', 100).then(() => sleep('chained', 100));
  await environment.advance(250);
  assert.deepEqual(woken, [
    ['early', 1_100],
    ['chained', 1_200],
  ]);
  assert.equal(environment.now(), 1_250);
  assert.equal(environment.sleeping(), 1);
  await environment.advance(50);
  assert.equal(woken.at(-1)?.[0], 'late');
});

test('a sleep ends at once when it is aborted', async () => {
  const environment = manualEnvironment();
  const stop = new AbortController();
  const slept = environment.sleep(1_000, stop.signal);
  stop.abort();
  await slept;
  await environment.sleep(1_000, stop.signal);
  assert.equal(environment.sleeping(), 0);
});

test('chance and ids are the same for the same seed', () => {
  const draw = (seed: number) => {
    const environment = manualEnvironment({ seed });
    return [environment.random(), environment.random(), environment.newId(), environment.newId()];
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notEqual(draw(7)[0], draw(8)[0]);
  assert.ok(
    draw(7)
      .slice(0, 2)
      .every((number) => Number(number) >= 0 && Number(number) < 1),
  );
});
