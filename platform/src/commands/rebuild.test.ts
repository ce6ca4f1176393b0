import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { System } from '../system.ts';
import type { Context } from './command.ts';
import { run } from './rebuild.ts';

test('a rebuild that is interrupted goes on in customer, and the exit code says that it was not waited for', async (t) => {
  const interrupt = new AbortController();
  let looks = 0;
  const customer = createServer((request, response) => {
    response.writeHead(request.method === 'POST' ? 202 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ state: 'building', remaining: 1_000 }));
    if (request.method === 'GET' && ++looks === 2) interrupt.abort('SIGINT');
  }).listen(0, '127.0.0.1');
  t.after(() => customer.close());
  await once(customer, 'listening');
  const { port } = customer.address() as AddressInfo;
  const service = { name: 'customer', port, entry: '', needs: () => ({}) };
  const context = {
    system: { portOffset: 0, topology: { services: [service] } } as unknown as System,
    supervisor: { status: async () => ({}) },
    print: () => undefined,
    interrupted: interrupt.signal,
  } as unknown as Context;
  await assert.rejects(run(['customer'], context), {
    exitCode: 130,
    message: /customer goes on with the rebuild by itself/,
  });
});
