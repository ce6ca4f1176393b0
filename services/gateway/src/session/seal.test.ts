import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createSeal } from './seal.ts';

const [old, fresh] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];

test('opens what it sealed, for the same purpose only', () => {
  const { seal, open } = createSeal([old]);
  const sealed = seal('토큰', 'access:1');
  assert.equal(open(sealed, 'access:1'), '토큰');
  assert.equal(open(sealed, 'access:2'), undefined);
});

test('never seals the same text in the same way', () => {
  const { seal } = createSeal([old]);
  assert.notEqual(seal('x', 'p'), seal('x', 'p'));
});

test('opens what an older key sealed, and seals with the first', () => {
  const sealed = createSeal([old]).seal('x', 'p');
  const rotated = createSeal([fresh, old]);
  assert.equal(rotated.open(sealed, 'p'), 'x');
  assert.equal(createSeal([fresh]).open(rotated.seal('x', 'p'), 'p'), 'x');
  assert.equal(createSeal([fresh]).open(sealed, 'p'), undefined);
});

test('opens nothing that was changed', () => {
  const { seal, open } = createSeal([old]);
  const sealed = seal('x', 'p');
  const [name, body = ''] = sealed.split('.');
  for (let at = 0; at < body.length - 1; at += 1) {
    const changed = body.slice(0, at) + (body[at] === 'A' ? 'B' : 'A') + body.slice(at + 1);
    assert.equal(open(`${name}.${changed}`, 'p'), undefined, String(at));
  }
  for (const text of ['', '.', `${name}.`, `${name}.AAAA`, body]) assert.equal(open(text, 'p'), undefined);
});
