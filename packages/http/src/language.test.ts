import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredLanguage } from './language.ts';

const cases: readonly [header: string | undefined, language: string][] = [
  [undefined, 'ko'],
  ['', 'ko'],
  ['en', 'en'],
  ['en-US,en;q=0.9', 'en'],
  ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
  ['en;q=0.5, ko;q=0.8', 'ko'],
  ['ko;q=0.1,en;q=0.2', 'en'],
  ['fr', 'ko'],
  ['fr,en;q=0.1', 'en'],
  ['*', 'ko'],
  ['ko;q=0,*', 'en'],
  ['EN-gb', 'en'],
  ['en;q=nonsense', 'ko'],
];

for (const [header, language] of cases) {
  test(`answers ${JSON.stringify(header)} in ${language}`, () => {
    assert.equal(preferredLanguage(header), language);
  });
}
