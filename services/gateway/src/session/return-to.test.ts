import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeReturnTo } from './return-to.ts';

for (const path of [
  '/',
  '/orders/1',
  '/orders?page=2&sort=id',
  '/a#b',
  '/검색?q=폰',
  '/a//b',
  '/@evil.example',
])
  test(`${path} is a path of our own`, () => {
    const url = new URL(safeReturnTo(path), 'https://shop.example');
    assert.equal(url.href, new URL(path, 'https://shop.example').href);
  });

const attacks: readonly unknown[] = [
  ...['//evil.example', '///evil.example', '/\\evil.example', '\\\\evil.example', '/\t/evil.example'],
  ...[
    '/\n/evil.example',
    ' //evil.example',
    'https://evil.example',
    'https:evil.example',
    'javascript:alert(1)',
  ],
  ...[
    'data:text/html,x',
    'evil.example',
    '',
    '/..//evil.example',
    '/x/..//evil.example',
    '/./\\evil.example',
  ],
  ...['/a\\..\\..\\evil', '/\u200b', '/\u0000', `/${'a'.repeat(2_000)}`, '/%2e%2e//evil.example'],
  ...[undefined, null, ['/a', '/b'], 7],
];
for (const attack of attacks)
  test(`${JSON.stringify(attack)?.slice(0, 40)} leads to no other site`, () => {
    const path = safeReturnTo(attack);
    assert.equal(new URL(path, 'https://shop.example').origin, 'https://shop.example');
    assert.equal(path, '/');
  });
