import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { newTraceparent, withContext } from '@phone82/telemetry';
import { BatchReader } from '../src/batch-reader.ts';
import { type Answer, createRemote, type RemoteOptions } from '../src/index.ts';
import { createTransport } from '../src/transport.ts';

const charge = (orderId: number, headers?: Record<string, string>) => ({
  operation: 'charge',
  method: 'POST' as const,
  path: '/payments',
  batchPath: '/payments/batch',
  body: { orderId },
  ...(headers && { headers }),
});

interface Came {
  readonly path: string;
  readonly type: string | undefined;
  readonly lines: readonly { headers?: Record<string, string>; body?: { orderId: number } }[];
}
type Behaviour = (answer: ServerResponse, came: Came) => void;

const line = (index: number, status = 201, body: unknown = { line: index }) =>
  `${JSON.stringify({ line: index, status, headers: {}, body })}\n`;
const all: Behaviour = (answer, { lines }) => {
  answer.end(lines.map((_, index) => line(index)).join(''));
};

/** A service that takes batches, and says of each request what came and over how many connections. */
async function batchService(t: TestContext, options: Partial<RemoteOptions> = {}) {
  const came: Came[] = [];
  let connections = 0;
  let behave: Behaviour = all;
  const server = createServer(async (incoming: IncomingMessage, answer) => {
    let text = '';
    for await (const chunk of incoming) text += chunk;
    const { url: path = '', headers } = incoming;
    const request = {
      path,
      type: headers['content-type'],
      lines: text.split('\n').map((one) => JSON.parse(one)),
    };
    came.push(request);
    answer.on('error', () => undefined);
    if (path === '/payments') answer.writeHead(201).end('{"alone":true}');
    else behave(answer, request);
  });
  server.on('connection', () => {
    connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const remote = createRemote({
    name: 'pay',
    baseUrl,
    timeoutMs: 5_000,
    log: { warn: () => {} },
    ...options,
  });
  t.after(async () => {
    server.closeAllConnections();
    server.close();
    await remote.close();
  });
  return {
    came,
    baseUrl,
    connections: () => connections,
    behaves: (next: Behaviour) => {
      behave = next;
    },
    charge: (...ids: number[]) => Promise.all(ids.map((id) => remote.call(charge(id)))),
    call: (id: number, headers?: Record<string, string>) => remote.call(charge(id, headers)),
  };
}

const yes = (index: number) => ({ kind: 'answered', status: 201, headers: {}, body: { line: index } });
const lost = { kind: 'unknown', reason: 'connectionLost' };
const alone = (answers: readonly Answer[]) =>
  answers.map((answer) => (answer.kind === 'answered' ? answer.body : answer));

test('calls of the same turn go as the lines of one request, each with its own ids and headers', async (t) => {
  const pay = await batchService(t);
  const callAs = (correlationId: string, id: number) =>
    withContext({ correlationId, traceparent: newTraceparent() }, () =>
      pay.call(id, { 'x-mine': String(id) }),
    );
  const answers = await Promise.all([callAs('c-1', 1), callAs('c-2', 2)]);
  assert.deepEqual(answers, [yes(0), yes(1)]);
  assert.equal(pay.came.length, 1);
  const [{ path, type, lines } = { lines: [] }] = pay.came;
  assert.deepEqual([path, type], ['/payments/batch', 'application/x-ndjson']);
  assert.deepEqual(
    lines.map(({ headers, body }) => [headers?.['x-correlation-id'], headers?.['x-mine'], body?.orderId]),
    [
      ['c-1', '1', 1],
      ['c-2', '2', 2],
    ],
  );
  assert.match(String(lines[0]?.headers?.['x-envoy-expected-rq-timeout-ms']), /^\d+$/);
});

test('a call alone goes as what it is', async (t) => {
  const pay = await batchService(t);
  assert.deepEqual(alone(await pay.charge(1)), [{ alone: true }]);
  assert.deepEqual(
    pay.came.map(({ path }) => path),
    ['/payments'],
  );
});

test('each call is answered when its line comes, in whatever order and pieces', async (t) => {
  const pay = await batchService(t);
  const text = Buffer.from(line(1, 201, { name: '폰' }) + line(0, 402));
  const cut = text.indexOf('폰') + 1;
  pay.behaves(async (answer) => {
    answer.write(text.subarray(0, cut));
    await new Promise((later) => setTimeout(later, 20));
    answer.end(text.subarray(cut));
  });
  const [first, second] = await pay.charge(1, 2);
  assert.deepEqual(second, { kind: 'answered', status: 201, headers: {}, body: { name: '폰' } });
  assert.equal(first?.kind === 'answered' && first.status, 402);
});

test('a slow one runs out of its own time only, and keeps no connection', async (t) => {
  const pay = await batchService(t, { timeoutMs: 400, maxConcurrent: 2 });
  let broke = 0;
  pay.behaves((answer) => {
    answer.on('close', () => {
      if (!answer.writableEnded) broke += 1;
    });
    answer.write(line(1));
  });
  const startedAt = performance.now();
  const slow = pay.charge(1, 2);
  assert.deepEqual(await slow, [{ kind: 'unknown', reason: 'timeout' }, yes(1)]);
  assert.ok(performance.now() - startedAt < 5_000);
  for (let looks = 0; broke === 0 && looks < 400; looks += 1)
    await new Promise((later) => setTimeout(later, 5));
  assert.equal(broke, 1);
  pay.behaves(all);
  assert.deepEqual(await pay.charge(3, 4), [yes(0), yes(1)]);
});

test('what breaks off leaves unknown what was not answered yet, and nothing is sent again', async (t) => {
  const pay = await batchService(t);
  pay.behaves((answer) => answer.write(line(1), () => answer.destroy()));
  assert.deepEqual(await pay.charge(1, 2, 3), [lost, yes(1), lost]);
  pay.behaves((answer) => answer.end(`no JSON\nnull\n7\n{"line":1}\n${line(7)}${line(0)}${line(0, 500)}`));
  assert.deepEqual(await pay.charge(1, 2), [yes(0), lost]);
  assert.equal(pay.came.length, 2);
});

test('a yes to the whole is no yes to any', async (t) => {
  const pay = await batchService(t);
  pay.behaves((answer) => answer.writeHead(201).end('{"process":"Payed"}'));
  assert.deepEqual(await pay.charge(1, 2), [lost, lost]);
});

test('a service that is not there was certainly not reached by any of them', async (t) => {
  const pay = await batchService(t, { baseUrl: 'http://127.0.0.1:1' });
  const unreachable = { kind: 'notSent', reason: 'unreachable', retryAfterMs: 1_000 };
  assert.deepEqual(await pay.charge(1, 2), [unreachable, unreachable]);
});

test('a batch that is refused as a whole is refused to each', async (t) => {
  const pay = await batchService(t);
  pay.behaves((answer) => answer.writeHead(503, { 'retry-after': '3' }).end('{"code":"overloaded"}'));
  for (const answer of await pay.charge(1, 2)) {
    assert.ok(answer.kind === 'answered');
    assert.deepEqual([answer.status, answer.body], [503, { code: 'overloaded' }]);
    assert.equal(answer.headers['retry-after'], '3');
  }
});

for (const status of [400, 404, 405, 406, 410, 413, 415, 501])
  test(`a service that knows no batches (${status}) gets them one by one, and is not asked each time`, async (t) => {
    const pay = await batchService(t);
    pay.behaves((answer) => answer.writeHead(status).end());
    const one = { alone: true };
    assert.deepEqual(alone(await pay.charge(1, 2)), [one, one]);
    assert.deepEqual(alone(await pay.charge(3, 4)), [one, one]);
    assert.deepEqual(
      pay.came.map(({ path }) => path),
      ['/payments/batch', '/payments', '/payments', '/payments', '/payments'],
    );
  });

test('a Java service, which refuses the media type (406), loses none of 20 calls and leaves none unknown', async (t) => {
  const pay = await batchService(t);
  pay.behaves((answer) => answer.writeHead(406, { 'content-type': 'text/html' }).end('<html></html>'));
  const answers = await pay.charge(...Array.from({ length: 20 }, (_, index) => index + 1));
  assert.deepEqual(
    answers.map(({ kind }) => kind),
    Array.from({ length: 20 }, () => 'answered'),
  );
  const asked = pay.came.filter(({ path }) => path === '/payments');
  assert.deepEqual(
    asked.map(({ lines }) => (lines[0] as { orderId: number }).orderId),
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
});

test('calls of a batch that was not taken count as not sent, until each is sent by itself', () => {
  const member = (orderId: number) => {
    const { signal } = new AbortController();
    const sending = {
      request: charge(orderId),
      context: undefined,
      progress: { started: false },
      signal,
      waitMs: 1,
    };
    return { sending, done: () => assert.fail('it has no answer yet') };
  };
  const members = [member(1), member(2)];
  const left: boolean[] = [];
  const reader = new BatchReader(members, {
    notBegun: () => assert.fail('it began'),
    notTaken: (rest) => left.push(...rest.map(({ sending }) => sending.progress.started)),
  });
  const controller = { abort: () => undefined } as never;
  reader.onRequestStart(controller);
  assert.ok(members.every(({ sending }) => sending.progress.started));
  reader.onResponseStart(controller, 406, {});
  reader.onResponseEnd();
  assert.deepEqual(left, [false, false]);
});

test('a call whose time is over before it could leave does not leave, and keeps no other', async (t) => {
  const pay = await batchService(t);
  const transport = createTransport(pay.baseUrl, { connections: 1, connectTimeoutMs: 1_000 });
  t.after(() => transport.close());
  const send = (id: number, signal: AbortSignal) => {
    const progress = { started: false };
    const answer = transport.send({
      request: charge(id),
      context: undefined,
      progress,
      signal,
      waitMs: 1_000,
    });
    return { answer, progress };
  };
  const never = new AbortController().signal;
  const over = send(1, AbortSignal.abort());
  const others = [send(2, never), send(3, never)];
  assert.equal((await over.answer).kind, 'notSent');
  assert.equal(over.progress.started, false);
  assert.deepEqual(await Promise.all(others.map(({ answer }) => answer)), [yes(0), yes(1)]);
  assert.deepEqual(
    pay.came.map(({ lines }) => lines.map(({ body }) => body?.orderId)),
    [[2, 3]],
  );
});
