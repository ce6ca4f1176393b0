import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Results } from '../measure/everything.ts';
import type { Figures } from '../measure/figures.ts';
import type { Life } from '../measure/life.ts';
import { reportPage } from './report.ts';

const memory = { rssMb: 700, pssMb: 500 };

const figures = (perSecond: number): Figures => {
  const answered = { p50: 100, p99: 200, p999: 300, max: 400 };
  const view = { perSecond, lost: 0, took: answered };
  return {
    perSecond,
    availability: 100,
    others: {},
    answered,
    view,
    cpuMs: { app: 1 },
    memory,
    senderLateMs: 0,
  };
};
const life = (sustained: number): Life => ({ steps: [], sustained, relaxed: figures(0.8 * sustained) });

const results: Results = {
  labels: { measured: 'phone82', beside: 'the floor' },
  ready: { measured: { first: 3, second: 3 }, beside: { first: 1, second: 1 } },
  atRest: { measured: memory, beside: memory },
};

test('a report tells phone82 over Restate, for the crowd and for the rate that the view keeps up with', () => {
  const restate = {
    labels: { measured: 'phone82', beside: 'Restate' },
    crowd: { measured: figures(600), beside: figures(250) },
    life: { measured: life(550), beside: life(275) },
  };
  const page = reportPage({ ...results, restate }, './phone82 bench', undefined);
  assert.ok(page.includes('| in the view, until the last | 600 /s | 250 /s | 2.40 |'));
  assert.ok(page.includes('| highest rate that the view keeps up with | 550 /s | 275 /s | 2.00 |'));
});

test('a report tells what those were answered who did not get what they hoped for', () => {
  const intake = { measured: { ...figures(600), others: { 202: 64, 503: 1 } }, beside: figures(900) };
  const page = reportPage({ ...results, intake }, './phone82 bench', undefined).join('\n');
  assert.ok(page.includes('\nElse phone82 answered 64 × 202, 1 × 503.\n'));
});

test('a report is silent on what was not measured', () => {
  assert.doesNotMatch(
    reportPage(results, './phone82 bench', undefined).join('\n'),
    /Restate|Intake|whole life/,
  );
});
