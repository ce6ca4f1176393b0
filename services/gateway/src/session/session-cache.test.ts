import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Session } from './session.ts';
import { createSessionCache } from './session-cache.ts';

const session = (idHash: string, version = 1) => ({ idHash, version }) as Session;

function cacheAt(most?: number) {
  const clock = { now: 0 };
  return { clock, cache: createSessionCache(() => clock.now, most) };
}

test('remembers a session for less than 5 s from the beginning of its read', () => {
  const { clock, cache } = cacheAt();
  const keep = cache.beginRead();
  clock.now = 2_000;
  keep(session('a'));
  clock.now = 4_999;
  assert.equal(cache.get('a')?.idHash, 'a');
  clock.now = 5_000;
  assert.equal(cache.get('a'), undefined);
});

test('forgets the session used least recently when it is full', () => {
  const { cache } = cacheAt(2);
  cache.beginRead()(session('a'));
  cache.beginRead()(session('b'));
  cache.get('a');
  cache.beginRead()(session('c'));
  assert.deepEqual(
    ['a', 'b', 'c'].map((id) => cache.get(id)?.idHash),
    ['a', undefined, 'c'],
  );
});

test('an old read does not bring old tokens back', () => {
  const { cache } = cacheAt();
  const old = cache.beginRead();
  cache.beginRead()(session('a', 2));
  old(session('a', 1));
  assert.equal(cache.get('a')?.version, 2);
});

test('changes and forgets what is there, and nothing else', () => {
  const { cache } = cacheAt();
  cache.change('a', { lastUsedAt: 7 });
  assert.equal(cache.get('a'), undefined);
  cache.beginRead()(session('a'));
  cache.change('a', { lastUsedAt: 7 });
  assert.equal(cache.get('a')?.lastUsedAt, 7);
  cache.forget('a');
  assert.equal(cache.get('a'), undefined);
});
