import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { test } from 'node:test';
import { type HttpServer, listen } from '../src/index.ts';
import { orderServer } from './order-server.ts';

async function slowServer(): Promise<HttpServer> {
  const { server } = await orderServer();
  server.get('/slow', async () => {
    await new Promise((later) => setTimeout(later, 40));
    return { ok: true };
  });
  return server;
}

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
}

function get(port: number, path: string, agent?: http.Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    http
      .get({ port, path, agent }, (answer) => {
        answer.resume();
        const { connection } = answer.headers;
        answer.on('end', () => resolve({ status: answer.statusCode, connection }));
      })
      .on('error', reject);
  });
}

/** Sends one request after another over one kept-alive connection, until it is told to go elsewhere. */
async function client(port: number, path: string): Promise<Answer[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const answers: Answer[] = [];
  while (answers.at(-1)?.connection !== 'close') answers.push(await get(port, path, agent));
  agent.destroy();
  return answers;
}

test('loses no request of kept-alive clients that are told to go elsewhere', async () => {
  const server = await slowServer();
  const http = await listen(server, { port: 0 });
  const clients = Array.from({ length: 40 }, (_, index) =>
    client(http.port, index % 2 ? '/slow' : '/orders/1'),
  );
  const loaded = Promise.withResolvers<void>();
  let requests = 0;
  server.server.on('request', () => {
    requests += 1;
    if (requests === 400) loaded.resolve();
  });
  await loaded.promise;
  await http.stop();
  const answers = (await Promise.all(clients)).flat();
  assert.ok(answers.length >= 400, `${answers.length} answers`);
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
});

test('finishes the request that is under way, and takes no new connection', async () => {
  const server = await slowServer();
  const { port, stop } = await listen(server, { port: 0 });
  const underWay = get(port, '/slow');
  await once(server.server, 'request');
  const stopped = stop();
  assert.equal((await underWay).status, 200);
  await stopped;
  await assert.rejects(get(port, '/slow'), { code: 'ECONNREFUSED' });
});

test('is not ready from the first moment, but serves while routers learn of it', async () => {
  const server = await slowServer();
  const { port, stop } = await listen(server, { port: 0, delayMs: 1_000 });
  const stopped = stop();
  assert.deepEqual(await get(port, '/readyz'), { status: 503, connection: 'close' });
  assert.deepEqual(await get(port, '/slow'), { status: 200, connection: 'close' });
  await stopped;
});

test('does not wait for idle connections', async () => {
  const server = await slowServer();
  const { port, stop } = await listen(server, { port: 0, graceMs: 20 });
  const agent = new http.Agent({ keepAlive: true });
  await get(port, '/orders/1', agent);
  const startedAt = Date.now();
  await stop();
  assert.ok(Date.now() - startedAt < 2_000);
  agent.destroy();
});

test('does not wait for connections that were opened ahead and never brought a request', async () => {
  const server = await slowServer();
  const { port, stop } = await listen(server, { port: 0, graceMs: 20, deadlineMs: 5_000 });
  const opened = once(server.server, 'connection');
  const socket = net.connect(port, '127.0.0.1');
  const ended = once(socket.resume(), 'close');
  await opened;
  const startedAt = Date.now();
  await stop();
  assert.ok(Date.now() - startedAt < 2_000);
  await ended;
});

test('tells event streams to end', async () => {
  const server = await slowServer();
  server.get('/events', (_request, reply) => {
    reply.hijack();
    reply.raw.write('data: 1\n\n');
    server.draining.addEventListener('abort', () => reply.raw.end(), { once: true });
  });
  const { port, stop } = await listen(server, { port: 0, graceMs: 20 });
  const stream = await fetch(`http://127.0.0.1:${port}/events`);
  await stop();
  assert.equal(await stream.text(), 'data: 1\n\n');
});

test('cuts off at the deadline what will not end', async () => {
  const server = await slowServer();
  server.get('/never', (_request, reply) => void reply.hijack());
  const { port, stop } = await listen(server, { port: 0, deadlineMs: 100 });
  const hanging = get(port, '/never');
  const cutOff = assert.rejects(hanging, { code: 'ECONNRESET' });
  await once(server.server, 'request');
  await stop();
  await cutOff;
});

test('answers what is not HTTP with a problem', async (t) => {
  const server = await slowServer();
  const { port, stop } = await listen(server, { port: 0, graceMs: 0 });
  t.after(stop);
  const socket = net.connect(port, '127.0.0.1');
  socket.write('GARBAGE\r\n\r\n');
  let text = '';
  for await (const chunk of socket) text += chunk;
  assert.match(text, /^HTTP\/1\.1 400 /);
  assert.match(text, /"code":"request-invalid"/);
});
