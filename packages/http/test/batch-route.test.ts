import assert from 'node:assert/strict';
import net from 'node:net';
import { type TestContext, test } from 'node:test';
import { type BatchedAnswer, MOST_IN_BATCH, Problem } from '@phone82/contracts';
import { createMetrics, currentContext } from '@phone82/telemetry';
import Type from 'typebox';
import { type AdmissionOptions, addBatchRoute, DEADLINE_HEADER } from '../src/index.ts';
import { orderServer } from './order-server.ts';

const ndjson = { 'content-type': 'application/x-ndjson' };
const job = (body: unknown, headers?: Record<string, string>) => JSON.stringify({ headers, body });

/** A service whose jobs say what is to become of them. */
async function jobServer(t: TestContext, admission?: AdmissionOptions) {
  const metrics = createMetrics('app');
  const { server, lines: logged } = await orderServer({ metrics, ...(admission && { admission }) });
  const done: { ms: number; correlationId: string | undefined }[] = [];
  const handle = async ({ ms, fails }: { ms: number; fails?: string }) => {
    await new Promise((over) => setTimeout(over, ms));
    if (fails === 'refused') throw new Problem('payment-unavailable', {}, 7);
    if (fails) throw new Error('the secret is 42');
    done.push({ ms, correlationId: currentContext()?.correlationId });
    return { status: 201, body: { ms } };
  };
  const body = Type.Object(
    { ms: Type.Integer(), fails: Type.Optional(Type.String()) },
    { additionalProperties: false },
  );
  const access = { roles: [], services: ['app'] };
  addBatchRoute(server, { path: '/jobs/batch', one: '/jobs', access, body, handle });
  t.after(() => server.close());
  await server.ready();
  const send = (payload: string, headers: Record<string, string> = ndjson) =>
    server.inject({ method: 'POST', url: '/jobs/batch', payload, headers });
  const answers = async (...jobs: readonly string[]): Promise<BatchedAnswer[]> =>
    answersIn((await send(jobs.join('\n'))).payload);
  return { server, send, answers, done, logged, metrics };
}

// biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
const answersIn = (text: string): (BatchedAnswer & { body: any })[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('each request of a batch is answered by a line, as soon as it is done', async (t) => {
  const { send } = await jobServer(t);
  const answer = await send(`${job({ ms: 60 })}\n${job({ ms: 0 })}\n`);
  assert.equal(answer.statusCode, 200);
  assert.match(String(answer.headers['content-type']), /^application\/x-ndjson/);
  assert.deepEqual(answersIn(answer.payload), [
    { line: 1, status: 201, headers: {}, body: { ms: 0 } },
    { line: 0, status: 201, headers: {}, body: { ms: 60 } },
  ]);
});

test('a slow one keeps the answers of others from nobody', async (t) => {
  const { server } = await jobServer(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = server.server.address() as net.AddressInfo;
  const body = `${job({ ms: 2_000 })}\n${job({ ms: 0 })}`;
  const url = `http://127.0.0.1:${port}/jobs/batch`;
  const answer = await fetch(url, { method: 'POST', headers: ndjson, body });
  const reader = answer.body?.getReader();
  const first = await reader?.read();
  await reader?.cancel();
  assert.equal(answersIn(Buffer.from(first?.value ?? []).toString())[0]?.line, 1);
});

test('each is traced, logged and measured under the name of a single one', async (t) => {
  const { answers, done, logged, metrics } = await jobServer(t);
  const ids = ['c-0', 'c-1', 'c-2'];
  await answers(...ids.map((id, ms) => job({ ms }, { 'x-correlation-id': id })));
  assert.deepEqual(
    done.toSorted((a, b) => a.ms - b.ms).map(({ correlationId }) => correlationId),
    ids,
  );
  const lines = logged.filter(({ msg }) => msg === 'request');
  assert.deepEqual(
    lines.map(({ url, status, correlationId }) => [url, status, correlationId]).toSorted(),
    ids.map((id) => ['/jobs', 201, id]),
  );
  assert.match(await metrics.render(), /_count\{.*http_route="\/jobs",http_response_status_code="201"\} 3/);
});

test('one that is refused, or fails, gets its problem, and the rest their answers', async (t) => {
  const { answers, logged } = await jobServer(t);
  const got = await answers(
    job({ ms: 0, fails: 'refused' }),
    job({ ms: 0, fails: 'unforeseen' }),
    job({ ms: 0.5 }),
    job({ ms: 0, card: '4111' }),
    '{',
    '[]',
    job({ ms: 0 }),
  );
  assert.deepEqual(
    got
      .toSorted((a, b) => a.line - b.line)
      .map(({ status, body }) => [status, (body as { code?: string }).code]),
    [
      [503, 'payment-unavailable'],
      [500, 'internal-error'],
      [400, 'request-invalid'],
      [400, 'request-invalid'],
      [400, 'body-malformed'],
      [400, 'body-malformed'],
      [201, undefined],
    ],
  );
  assert.deepEqual(got.find(({ line }) => line === 0)?.headers, { 'retry-after': '7' });
  assert.doesNotMatch(JSON.stringify(got), /secret/);
  assert.equal(logged.filter(({ msg }) => msg === 'unexpected error').length, 1);
});

test('what is no batch is refused as a whole', async (t) => {
  const { send, done } = await jobServer(t);
  const many = Array.from({ length: MOST_IN_BATCH + 1 }, () => job({ ms: 0 })).join('\n');
  for (const [payload, headers, code] of [
    [many, ndjson, 'body-too-large'],
    ['', ndjson, 'body-malformed'],
    [job({ ms: 0 }), { 'content-type': 'application/json' }, 'media-type-unsupported'],
  ] as const)
    assert.equal((await send(payload, headers)).json().code, code);
  assert.deepEqual(done, []);
});

test('each takes a place of its own, and what finds none is refused', async (t) => {
  const { answers, done } = await jobServer(t, { maxInFlight: 2 });
  const got = await answers(...[1, 2, 3].map((ms) => job({ ms })));
  const refused = got.filter(({ status }) => status === 503);
  assert.deepEqual(
    refused.map(({ line, body }) => [line, (body as { code: string }).code]),
    [[2, 'overloaded']],
  );
  assert.match(refused[0]?.headers['retry-after'] ?? '', /^[123]$/);
  assert.deepEqual(
    done.map(({ ms }) => ms),
    [1, 2],
  );
  const again = await answers(job({ ms: 0 }));
  assert.equal(again[0]?.status, 201, 'the places were not given back');
});

test('what nobody waits for any more when the batch was read is not begun', async (t) => {
  const { server, done } = await jobServer(t);
  await server.listen({ port: 0, host: '127.0.0.1' });
  const body = [
    job({ ms: 0 }, { [DEADLINE_HEADER]: '20' }),
    job({ ms: 1 }, { [DEADLINE_HEADER]: '5000' }),
  ].join('\n');
  const socket = net.connect((server.server.address() as net.AddressInfo).port, '127.0.0.1');
  let text = '';
  const answered = new Promise<void>((over) => {
    socket.on('data', (data) => {
      text += data;
      if (text.includes('\r\n0\r\n')) over();
    });
  });
  const head = ['POST /jobs/batch HTTP/1.1', 'host: a', `content-type: ${ndjson['content-type']}`];
  socket.write(`${head.join('\r\n')}\r\ncontent-length: ${body.length}\r\n\r\n`);
  server.server.once('request', () => setTimeout(() => socket.write(body), 60));
  await answered;
  socket.destroy();
  assert.match(text, /"line":0,.*"code":"deadline-passed"/);
  assert.deepEqual(
    done.map(({ ms }) => ms),
    [1],
  );
});
