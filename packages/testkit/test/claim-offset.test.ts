import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { claimOffset } from '../src/index.ts';

const PORTS = [8080, 8081, 8082];

test('gives different systems different ports, in whole hundreds', async () => {
  const offsets = await Promise.all(Array.from({ length: 40 }, () => claimOffset(PORTS)));
  assert.equal(new Set(offsets).size, offsets.length);
  assert.ok(offsets.every((offset) => offset % 100 === 0 && offset >= 1_000));
});

test('gives ports that are free', async () => {
  const offset = await claimOffset(PORTS);
  for (const port of PORTS)
    await new Promise<void>((closed, failed) => {
      const server = createServer().once('error', failed);
      server.listen(port + offset, '127.0.0.1', () => server.close(() => closed()));
    });
});
