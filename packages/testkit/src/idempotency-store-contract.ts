import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, test } from 'node:test';
import type { IdempotencyStore } from '@phone82/persistence';

/** An empty store whose time the test moves. */
export interface IdempotencyStoreUnderTest {
  readonly store: IdempotencyStore;
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

const answer = { status: 201, headers: { location: '/orders/1' }, body: '{"id":1,"item":"갤럭시"}' };

/** What every store of remembered answers does, whatever it keeps them in. */
export function idempotencyStoreContract(name: string, open: () => Promise<IdempotencyStoreUnderTest>): void {
  describe(`idempotency store contract: ${name}`, () => {
    let subject: IdempotencyStoreUnderTest;
    let store: IdempotencyStore;
    beforeEach(async () => {
      subject = await open();
      store = subject.store;
    });
    afterEach(() => subject.close());

    test('lets one of several requests with a key through', async () => {
      const outcomes = await Promise.all([1, 2, 3].map(() => store.begin('k', 'f', 1_000)));
      assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['inFlight', 'inFlight', 'new']);
    });

    test('takes keys that differ in case or in a blank for different keys', async () => {
      for (const key of ['k', 'K', 'k ', 'ｋ']) {
        assert.deepEqual(await store.begin(key, 'f', 1_000), { kind: 'new' }, `"${key}"`);
      }
    });

    test('keeps an answer of any length', async () => {
      const long = { ...answer, body: JSON.stringify('대리점'.repeat(50_000)) };
      await store.begin('k', 'f', 1_000);
      await store.complete('k', long);
      assert.deepEqual(await store.begin('k', 'f', 1_000), { kind: 'replay', ...long });
    });

    test('replays the first answer', async () => {
      await store.begin('k', 'f', 1_000);
      await store.complete('k', answer);
      await store.complete('k', { ...answer, status: 500 });
      assert.deepEqual(await store.begin('k', 'f', 1_000), { kind: 'replay', ...answer });
    });

    test('gives each of a crowd its own answer', async () => {
      const keys = Array.from({ length: 50 }, (_, index) => `key-${index}`);
      const all = <T>(ask: (key: string) => Promise<T>) => Promise.all(keys.map(ask));
      const isNew = await all((key) => store.begin(key, 'f', 1_000));
      assert.deepEqual(new Set(isNew.map(({ kind }) => kind)), new Set(['new']));
      const answerTo = (key: string) => ({ ...answer, status: 200 + keys.indexOf(key), body: `"${key}"` });
      await all((key) => store.complete(key, answerTo(key)));
      assert.deepEqual(
        await all((key) => store.begin(key, 'f', 1_000)),
        keys.map((key) => ({ kind: 'replay', ...answerTo(key) })),
      );
    });

    test('tells requests that come at the same moment apart by what they ask', async () => {
      const prints = ['f', 'other', 'f'];
      const outcomes = await Promise.all(prints.map((print) => store.begin('k', print, 1_000)));
      const first = outcomes.findIndex(({ kind }) => kind === 'new');
      const expected = prints.map((print, index) => {
        if (index === first) return 'new';
        return print === prints[first] ? 'inFlight' : 'mismatch';
      });
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        expected,
      );
    });

    test('keeps the first of two answers that come at the same moment', async () => {
      await store.begin('k', 'f', 1_000);
      await Promise.all([store.complete('k', answer), store.complete('k', { ...answer, status: 500 })]);
      assert.deepEqual(await store.begin('k', 'f', 1_000), { kind: 'replay', ...answer });
    });

    test('refuses a key with another request, in flight or done', async () => {
      await store.begin('k', 'f', 1_000);
      assert.deepEqual(await store.begin('k', 'other', 1_000), { kind: 'mismatch' });
      await store.complete('k', answer);
      assert.deepEqual(await store.begin('k', 'other', 1_000), { kind: 'mismatch' });
    });

    test('lets one request take over when the first one gave no answer in its time', async () => {
      await store.begin('k', 'f', 1_000);
      await subject.advance(900);
      assert.equal((await store.begin('k', 'f', 1_000)).kind, 'inFlight');
      await subject.advance(100);
      const outcomes = await Promise.all([1, 2].map(() => store.begin('k', 'f', 1_000)));
      assert.deepEqual(outcomes.map(({ kind }) => kind).sort(), ['inFlight', 'new']);
    });

    test('forgets a released key, but never an answer', async () => {
      await store.begin('k', 'f', 1_000);
      await store.release('k');
      assert.equal((await store.begin('k', 'f', 1_000)).kind, 'new');
      await store.complete('k', answer);
      await store.release('k');
      assert.equal((await store.begin('k', 'f', 1_000)).kind, 'replay');
    });
  });
}
