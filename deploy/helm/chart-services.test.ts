import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chartServices } from './chart-services.ts';

test('the chart has the services of the list', () => {
  const kept = readFileSync(join(import.meta.dirname, 'phone82', 'services.json'), 'utf8');
  assert.equal(kept, chartServices(), 'run deploy/helm/render');
});

test('the chart knows who calls pay', () => {
  const pay = JSON.parse(chartServices()).find(({ name }: { name: string }) => name === 'pay');
  assert.deepEqual(pay, { name: 'pay', keeps: 'postgres', calledBy: ['gateway', 'app'] });
});
