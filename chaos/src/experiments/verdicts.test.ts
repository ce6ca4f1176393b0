import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quantile, type Sample } from './latencies.ts';
import { faultsWhileLogAway, type LogAway } from './log-away-verdict.ts';
import { faultsUnderOverload, type Phase } from './overload-verdict.ts';
import { faultsWhilePayStopped, type PayStopped } from './pay-stopped-verdict.ts';

const samples = (ms: number, status: number): readonly Sample[] =>
  Array.from({ length: 100 }, (_, index) => ({ at: index, ms, status }));

test('a quantile is the value that this share does not exceed', () => {
  const times = [4, 1, 3, 2].map((ms) => ({ ms }));
  assert.deepEqual([quantile(times, 0.5), quantile(times, 0.99), quantile(times, 1)], [2, 4, 4]);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

describe('of an overloaded marketing it is found', () => {
  const phase: Phase = {
    orders: samples(10, 201),
    views: samples(2, 200),
    cancels: samples(3, 200),
    deferred: 30,
    drainedMs: 5_000,
  };
  const well: Phase = { ...phase, deferred: 0, drainedMs: 0 };
  const faultsOf = (slow: Partial<Phase>) => faultsUnderOverload([well], [{ ...phase, ...slow }]);

  test('nothing, if only the refunds wait', () => {
    assert.deepEqual(faultsOf({}), []);
  });

  const planted: Readonly<Record<string, readonly [Partial<Phase>, RegExp]>> = {
    'that no cancel was deferred': [{ deferred: 0 }, /no cancel was deferred/],
    'that cancels wait for ever': [{ drainedMs: undefined }, /still wait/],
    'that orders slow by more than a tenth': [{ orders: samples(11.5, 201) }, /p50 of orders/],
    'that the tail of the views slows': [
      { views: [...samples(2, 200).slice(3), ...samples(9, 200).slice(97)] },
      /p99 of views/,
    ],
    'that orders are refused': [{ orders: samples(10, 503) }, /100 of 100 orders were not answered with 201/],
    'that cancels are refused': [{ cancels: samples(3, 503) }, /cancels were not answered with 200/],
    'that nobody cancelled': [{ cancels: [] }, /no cancels/],
  };
  for (const [what, [slow, fault]] of Object.entries(planted))
    test(what, () => {
      assert.match(faultsOf(slow).join('; '), fault);
    });
});

describe('of a stopped pay it is found', () => {
  const taken = (at: number, id: number) => ({ at, ms: 10, status: 201, id });
  const refused = (at: number) => ({ at, ms: 5, status: 503, retryAfterMs: 1_000 });
  const seen: PayStopped = {
    orders: [taken(500, 1), refused(3_000), refused(9_000), taken(22_500, 2), taken(29_000, 3)],
    stoppedAt: 1_000,
    startingAt: 20_000,
    readyAt: 22_000,
    charged: new Set([1, 2, 3]),
  };
  const withOrders = (change: (orders: PayStopped['orders']) => PayStopped['orders']): PayStopped => ({
    ...seen,
    orders: change(seen.orders),
  });

  test('nothing, if orders are refused at once, not charged, and soon taken again', () => {
    assert.deepEqual(faultsWhilePayStopped(seen), []);
  });

  const planted: Readonly<Record<string, readonly [PayStopped, RegExp]>> = {
    'that a refused order was charged': [{ ...seen, charged: new Set([1, 2, 3, 9]) }, /charged, .* 9/],
    'that a refusal has no Retry-After': [
      withOrders((orders) => orders.map((order) => ({ ...order, retryAfterMs: undefined }))),
      /2 of 2 were not answered by 503/,
    ],
    'that an order is left pending': [
      withOrders((orders) => orders.map((order) => ({ ...order, status: 202 }))),
      /2 of 2 were not answered by 503/,
    ],
    'that refusals are slow': [
      withOrders((orders) => orders.map((order) => ({ ...order, ms: 60 }))),
      /p99 of the refusals is 60.0 ms/,
    ],
    'that nobody ordered': [withOrders(() => []), /no orders were sent/],
    'that orders are taken again too late': [
      withOrders((orders) => orders.filter(({ id }) => id !== 2)),
      /not taken again within 5 s/,
    ],
    'that orders fail long after its return': [
      withOrders((orders) => [...orders, { at: 30_000, ms: 5, status: 503, retryAfterMs: 1_000 }]),
      /1 orders failed more than 5 s/,
    ],
  };
  for (const [what, [stopped, fault]] of Object.entries(planted))
    test(what, () => {
      assert.match(faultsWhilePayStopped(stopped).join('; '), fault);
    });
});

describe('of a log that is away it is found', () => {
  const seen: LogAway = {
    answers: new Map([
      [201, 2_390],
      [202, 10],
    ]),
    cancelsRefused: 0,
    router: { outs: 0, warnings: new Map([['bus', 100]]) },
    deepestOutbox: 5_000,
    convergedMs: 12_000,
    wrong: [],
  };

  test('nothing, if every order is taken and comes to its end', () => {
    assert.deepEqual(faultsWhileLogAway(seen), []);
  });

  const planted: Readonly<Record<string, readonly [Partial<LogAway>, RegExp]>> = {
    'that an order is refused': [
      { answers: new Map([...seen.answers, [503, 3]]) },
      /3 orders were answered 503/,
    ],
    'that an order gets no answer': [{ answers: new Map([[0, 1]]) }, /1 orders were answered nothing/],
    'that nobody ordered': [{ answers: new Map() }, /nobody ordered/],
    'that a cancel is refused': [{ cancelsRefused: 1 }, /1 cancels were refused/],
    'that readiness depends on the log': [
      { router: { ...seen.router, outs: 2 } },
      /taken out of rotation 2 times/,
    ],
    'that the log was not away': [{ router: { outs: 0, warnings: new Map() } }, /no service said/],
    'that events are stuck': [{ convergedMs: undefined }, /still waited 30 s after/],
    'that the services disagree': [{ wrong: [7, 9] }, /do not agree on the orders 7,9/],
  };
  for (const [what, [away, fault]] of Object.entries(planted))
    test(what, () => {
      assert.match(faultsWhileLogAway({ ...seen, ...away }).join('; '), fault);
    });
});
