import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessMatrix, matrixFaults, withMatrix } from './access-matrix.ts';

const page = '# Security\n\n<!-- access matrix: npm run contracts -->\n<!-- end of the access matrix -->\n';
const service = (access?: object) => ({
  name: 'store',
  openapi: {
    paths: {
      '/storeManages/{id}': { get: { operationId: 'findDelivery', ...(access && { 'x-access': access }) } },
    },
  },
});
const owned = service({ roles: ['customer', 'operator'], owner: ['customer'], services: ['app'] });

test('says of each role whether it reaches its own records or all', () => {
  assert.match(
    accessMatrix([owned]),
    /\| store \| `GET \/storeManages\/\{id\}` \| own \| {2}\| {2}\| all \| app \| {2}\|$/,
  );
  assert.match(accessMatrix([service()]), /\| all \| all \| all \| all \| all \| all \|$/);
});

test('a page whose table is old is found', () => {
  const fresh = withMatrix(page, [owned]);
  assert.deepEqual(matrixFaults(fresh, [owned]), []);
  assert.deepEqual(matrixFaults(fresh, [service()]), ['docs/security.md is old: run `npm run contracts`']);
  assert.throws(() => withMatrix('# Security', [owned]), /no place/);
});
