import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trustedAddresses } from './trusted-addresses.ts';

test('lets in the addresses and networks named, when they call themselves', () => {
  const isTrusted = trustedAddresses('10.0.3.7, 10.1.0.0/16 fd00::/8');
  const from = (remoteAddress: string, headers = {}) => isTrusted({ headers, remoteAddress });
  assert.deepEqual(
    ['10.0.3.7', '::ffff:10.0.3.7', '10.1.200.1', 'fd00::1', '10.0.3.8', '10.2.0.1', ''].map((address) =>
      from(address),
    ),
    [true, true, true, true, false, false, false],
  );
  assert.equal(from('10.0.3.7', { 'x-forwarded-for': '203.0.113.9' }), false, 'what it passed on');
});

test('lets nobody in by default, and refuses what is no address', () => {
  assert.equal(trustedAddresses('')({ headers: {}, remoteAddress: '127.0.0.1' }), false);
  for (const list of ['java', '10.0.0.0/33', '10.0.0.1/x'])
    assert.throws(() => trustedAddresses(list), RangeError);
});
