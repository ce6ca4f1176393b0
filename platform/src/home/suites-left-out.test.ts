import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suitesLeftOut } from './suites-left-out.ts';

test('names what does not run without a program, and the command that enables it', () => {
  const [line, ...others] = suitesLeftOut(['prometheus']);
  assert.deepEqual(others, []);
  assert.match(
    String(line),
    /no prometheus: the tests of alerts and dashboards do not run; .*install.* prometheus$/,
  );
});

test('has nothing to say on a machine with everything', () => {
  assert.deepEqual(suitesLeftOut([]), []);
});
