import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { billOfMaterials } from './bill-of-materials.ts';
import { closureOf, type Lock } from './closure.ts';

const lock: Lock = {
  '': { version: '1.0.0' },
  shop: { dependencies: { '@shop/paper': '*', ink: '2.0.0' } },
  paper: { dependencies: { glue: '1.0.0' }, optionalDependencies: { 'glue-arm': '1.0.0' } },
  'node_modules/@shop/paper': { link: true, resolved: 'paper' },
  'node_modules/ink': {
    version: '2.0.0',
    integrity: 'sha512-/+8=',
    license: 'MIT',
    dependencies: { glue: '2.0.0' },
  },
  'node_modules/ink/node_modules/glue': { version: '2.0.0', peerDependencies: { water: '*', wine: '*' } },
  'node_modules/glue': { version: '1.0.0', dependencies: { ink: '2.0.0' } },
  'node_modules/water': { version: '1.0.0' },
  'node_modules/test-tool': { version: '1.0.0' },
};

describe('what an image needs of a lockfile', () => {
  test('is what its workspaces need at run time, found as Node finds it, and no more', () => {
    assert.deepEqual(closureOf(lock, ['shop']), [
      'node_modules/@shop/paper',
      'node_modules/glue',
      'node_modules/ink',
      'node_modules/ink/node_modules/glue',
      'node_modules/water',
      'paper',
      'shop',
    ]);
  });

  test('is refused where the lockfile lacks something', () => {
    assert.throws(
      () => closureOf({ shop: { dependencies: { ink: '2.0.0' } } }, ['shop']),
      /has no ink, which shop needs/,
    );
  });

  test('is listed with versions, licences and checksums, the same each time', () => {
    const list = () => JSON.stringify(billOfMaterials(lock, closureOf(lock, ['shop']), new Date(0)));
    assert.equal(list(), list());
    const { components, metadata } = JSON.parse(list());
    assert.equal(metadata.timestamp, '1970-01-01T00:00:00.000Z');
    const ink = components.find(({ purl }: { readonly purl: string }) => purl === 'pkg:npm/ink@2.0.0');
    assert.deepEqual(ink.licenses, [{ expression: 'MIT' }]);
    assert.deepEqual(ink.hashes, [{ alg: 'SHA-512', content: 'ffef' }]);
    assert.equal(components.length, 4);
  });
});
