import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ConcurrencyLimit, createConcurrencyLimit } from './concurrency-limit.ts';

const TARGET_MS = 200;
const MOST = 256;
const LEAST = 8;
const STEP_MS = 5;

interface Load {
  /** Requests that come in a second, whatever becomes of those before them. */
  readonly offered?: number;
  /** Clients of which each sends its next request once it has an answer. */
  readonly clients?: number;
  /** Requests that can be done in a second, first come first served. */
  readonly capacity: number;
  /** What a request takes beside its turn. */
  readonly ownMs?: number;
}

/** A limit on virtual time, before work that is done at a fixed rate. */
function limitedWork() {
  let now = 0;
  const limit = createConcurrencyLimit({ targetMs: TARGET_MS, most: MOST, least: LEAST, now: () => now });
  const underWay: { readonly since: number; end(): void }[] = [];
  let toCome = 0;
  let toDo = 0;

  const step = ({ offered = 0, clients = 0, capacity, ownMs = 0 }: Load, told: Told) => {
    now += STEP_MS;
    toCome += (offered * STEP_MS) / 1_000 + Math.max(0, clients - underWay.length);
    for (; toCome >= 1; toCome -= 1) {
      const permit = limit.tryEnter();
      if (permit) underWay.push({ since: now, end: () => permit.release(true) });
      else told.refused += 1;
    }
    for (toDo += (capacity * STEP_MS) / 1_000; toDo >= 1; toDo -= 1) {
      const first = underWay[0];
      if (!first || now - first.since < ownMs) continue;
      underWay.shift();
      first.end();
      told.latencies.push(now - first.since);
    }
  };
  const run = (seconds: number, load: Load): Told => {
    const told: Told = { refused: 0, latencies: [] };
    for (let ms = 0; ms < seconds * 1_000; ms += STEP_MS) step(load, told);
    return told;
  };
  return { limit, run };
}

interface Told {
  refused: number;
  readonly latencies: number[];
}

const mean = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

describe('a concurrency limit', () => {
  test('refuses no one while the work is done in time', () => {
    const { run } = limitedWork();
    assert.equal(run(30, { offered: 400, capacity: 500 }).refused, 0);
  });

  for (const capacity of [100, 400, 1_500])
    test(`at twice a capacity of ${capacity}/s keeps it busy, and those let in served in time`, () => {
      const { run } = limitedWork();
      run(20, { offered: 2 * capacity, capacity });
      const { latencies, refused } = run(20, { offered: 2 * capacity, capacity });
      assert.ok(latencies.length > 0.98 * 20 * capacity, `${latencies.length} done`);
      assert.ok(mean(latencies) < 1.3 * TARGET_MS, `mean latency ${mean(latencies)} ms`);
      assert.ok(refused > 0.9 * 20 * capacity);
    });

  test('does not creep up, however long too much comes', () => {
    const { limit, run } = limitedWork();
    run(30, { offered: 1_000, capacity: 400 });
    const early = limit.limit;
    run(600, { offered: 1_000, capacity: 400 });
    assert.ok(limit.limit < 2 * early, `from ${early} to ${limit.limit}`);
  });

  test('lets everyone in again soon after the load is gone', () => {
    const { run } = limitedWork();
    run(30, { offered: 1_000, capacity: 400 });
    run(3, { offered: 200, capacity: 400 });
    assert.equal(run(10, { offered: 300, capacity: 400 }).refused, 0);
  });

  test('takes what waits long for someone else for what it is, and keeps its places', () => {
    const { run } = limitedWork();
    const slowPsp = { capacity: 5_000, ownMs: 350 };
    run(60, { offered: 60, ...slowPsp });
    const { latencies } = run(30, { offered: 900, ...slowPsp });
    assert.ok(latencies.length > (0.95 * (30 * MOST)) / 0.355, `${latencies.length} done`);
  });

  test('serves a crowd that fits, though each of it waits long', () => {
    const { run } = limitedWork();
    const { refused, latencies } = run(60, { clients: MOST - 1, capacity: 100 });
    assert.ok(mean(latencies) > 5 * TARGET_MS);
    assert.equal(refused, 0);
  });

  test('never goes below its least nor above its most', () => {
    const { limit, run } = limitedWork();
    run(60, { offered: 500, capacity: 2 });
    assert.ok(limit.limit >= LEAST, String(limit.limit));
    run(120, { offered: 5_000, capacity: 50_000, ownMs: 60 });
    assert.equal(limit.limit, MOST);
  });
});

describe('a permit', () => {
  const held = (limit: ConcurrencyLimit) => limit.inFlight;

  test('is one place, given back once', () => {
    const limit = createConcurrencyLimit({ targetMs: TARGET_MS, most: 1 });
    const permit = limit.tryEnter();
    assert.equal(limit.tryEnter(), undefined);
    permit?.release(true);
    permit?.release(false);
    assert.equal(held(limit), 0);
    assert.ok(limit.tryEnter());
  });

  test('released unmeasured teaches nothing: a quick failure is no sign of room', () => {
    let now = 0;
    const limit = createConcurrencyLimit({ targetMs: TARGET_MS, most: 64, least: 1, now: () => now });
    const overload = Array.from({ length: 64 }, () => limit.tryEnter());
    now += 1_000;
    for (const permit of overload) permit?.release(true);
    const cut = limit.limit;
    assert.ok(cut < 64);
    for (let failure = 0; failure < 1_000; failure += 1) {
      now += 1;
      limit.tryEnter()?.release(false);
    }
    assert.equal(limit.limit, cut);
  });
});
