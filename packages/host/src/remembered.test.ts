import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jumpingEnvironment } from '@phone82/testkit';
import { remembered } from './remembered.ts';

test('reads once for many who ask in the same second, and again afterwards', async () => {
  const environment = jumpingEnvironment();
  let readings = 0;
  const read = remembered(async () => ++readings, environment);
  assert.deepEqual([await read(), await read()], [1, 1]);
  await environment.sleep(1_001);
  assert.equal(await read(), 2);
});

test('what fails, or never answers, has no value', async () => {
  const environment = jumpingEnvironment();
  assert.equal(await remembered(() => Promise.reject(new Error('down')), environment)(), undefined);
  assert.equal(await remembered(() => new Promise(() => undefined), environment)(), undefined);
});
