import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';

const folder = import.meta.dirname;

/** Runs lines of bash with the scenario's functions; what a cluster would answer is planted by functions of the same name. */
function bash(lines: string, input = '') {
  const parts = ['report', 'cluster', 'requests', 'load'].map((part) => `. "$scenario/lib/${part}"`);
  const script = ['set -euo pipefail', 'export RESULTS=$(mktemp -d)', ...parts, lines].join('\n');
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script, '05-planted'], {
    env: { ...process.env, scenario: folder, CLIENTS: '100' },
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const planted = (view: string, orders = '1 Shipped 300000\n2 PayCancelled 0') => `
  listing() { case $1 in app) echo ${JSON.stringify(orders)} ;; customer) echo ${JSON.stringify(view)} ;; esac; }
  orders_agree`;

describe('orders agree', () => {
  test('where the view has all of them as app has them, at their end', () => {
    assert.equal(bash(planted('1 Shipped 300000\n2 PayCancelled 0')).status, 0);
  });
  test('not where the view has lost one', () => {
    assert.equal(bash(planted('1 Shipped 300000')).status, 1);
  });
  test('not where one has got no mileage', () => {
    const orders = '1 Shipped null';
    assert.equal(bash(planted(orders, orders)).status, 1);
  });
});

test('a charge without an order is seen', () => {
  const books = (won: number) => `
    money_at_psp() { echo ${won}; }
    listing() { printf '100\\n200\\n'; }
    money_agrees`;
  assert.equal(bash(books(300)).status, 0);
  assert.equal(bash(books(400)).status, 1);
});

const siege = `HTTP/1.1 201     0.01 secs:     500 bytes ==> POST http://gateway:8080/orders
HTTP/1.1 201     0.03 secs:     500 bytes ==> POST http://gateway:8080/orders
HTTP/1.1 503     0.50 secs:     200 bytes ==> POST http://gateway:8080/orders
[error] socket: unable to connect sock.c:282: Connection refused

Transactions:\t\t           2 hits
Availability:\t\t       99.99 %
`;
const tallied = 'awk "$(cat "$scenario/lib/tally.awk")" >"$RESULTS/run.txt"';

test('answers are counted by status, with the connections that were refused', () => {
  const asked = 'echo $(answers run ^201$) $(answers run ^503$) $(answers run none) $(mean_ms run ^201$)';
  assert.equal(bash(`${tallied}; ${asked}`, siege).stdout.trim(), '2 1 1 20');
});

test('99.99 % is not 100 %', () => {
  assert.equal(bash(`${tallied}; availability_is run == 100`, siege).status, 1);
  assert.equal(bash(`${tallied}; availability_is run '<' 100`, siege).status, 0);
});

test('a load that left no report is not an available one', () => {
  assert.equal(bash(`${tallied}; availability_is run == 100`).status, 1);
  assert.equal(bash(`${tallied}; availability_is run '<' 100`).status, 1);
});

describe('a step', () => {
  test('passes when it came to its end and all checks hold', () => {
    const { status, stdout } = bash("begin 'planted'; check 'it holds' true; end");
    assert.deepEqual([status, stdout.includes('1 passed, 0 failed')], [0, true]);
  });
  test('fails with a check that does not hold', () => {
    assert.equal(bash("begin 'planted'; check 'it holds' false; end").status, 1);
  });
  test('fails when it breaks off', () => {
    const { status, stdout } = bash("begin 'planted'; check 'it holds' true; false; end");
    assert.deepEqual([status, stdout.includes('1 passed, 1 failed')], [1, true]);
  });
});

test('every request and every load carries the access token', () => {
  const planted = `k() { echo "$*" | tee -a "$RESULTS/asked"; }; ACCESS_TOKEN=abc`;
  const asked = (request: string) => bash(`${planted}; ${request}; cat "$RESULTS/asked"`).stdout;
  for (const request of [
    'get app /orders',
    "send POST app /orders '{}'",
    'siege orders 1 http://gateway:8080/orders',
  ])
    assert.match(asked(request), /-H authorization: Bearer abc/, request);
});

test('the steps say what they need of an issuer', () => {
  const run = (env: Readonly<Record<string, string>>) =>
    spawnSync(
      'bash',
      ['-c', 'needs() { :; }; kubectl() { :; }; jq() { :; }; export -f kubectl jq; . "$scenario/lib/all"'],
      {
        env: { PATH: process.env.PATH, scenario: folder, RESULTS: tmpdir(), ...env },
        encoding: 'utf8',
      },
    );
  assert.match(run({}).stderr, /OIDC_ISSUER is missing/);
  assert.match(
    run({ OIDC_ISSUER: 'https://id.example' }).stderr,
    /TOKEN is missing: .*customer and operator/,
  );
});

test('every step begins, ends, and checks something', () => {
  const steps = readdirSync(folder).filter((name) => /^\d\d-/.test(name));
  assert.equal(steps.length, 9);
  for (const step of steps) {
    const text = readFileSync(path.join(folder, step), 'utf8');
    assert.match(text, /^begin '/m, step);
    assert.match(text, /^check /m, step);
    assert.match(text, /^end$/m, step);
  }
});
