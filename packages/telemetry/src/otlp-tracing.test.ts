import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { newTraceparent, traceIdOf } from './context.ts';
import { openTracing } from './open-tracing.ts';
import { openOtlpTracing } from './otlp-tracing.ts';

/** What reached the receiver until the tracing was stopped. */
async function sentBy(
  sampler: Parameters<typeof openOtlpTracing>[0]['sampler'],
  work: (tracing: ReturnType<typeof openOtlpTracing>) => void,
) {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push(`${request.url} ${await text(request)}`);
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const tracing = openOtlpTracing({ service: 'pay', endpoint, sampler, ratio: 1 });
  work(tracing);
  await tracing.component.stop();
  server.close();
  server.closeAllConnections();
  return bodies.join('\n');
}

test('a span is sent with its service and its parent, and its effects name it as their cause', async () => {
  const parent = newTraceparent();
  let own = '';
  const sent = await sentBy('parentbased_traceidratio', ({ tracer }) => {
    const span = tracer.start({ name: 'POST /payments', kind: 'server', parent });
    own = span.traceparent;
    span.end({ error: '503' });
    span.end();
  });
  assert.match(sent, /^\/v1\/traces .*"service\.name".*"pay"/);
  assert.equal(traceIdOf(own), traceIdOf(parent));
  const [, , parentSpan = '?'] = parent.split('-');
  const [, , ownSpan = '?', flags] = own.split('-');
  assert.ok(sent.includes(`"parentSpanId":"${parentSpan}"`) && sent.includes(`"spanId":"${ownSpan}"`));
  assert.ok(Number.parseInt(flags ?? '', 16) & 1, 'it says that it is recorded');
});

test('what the caller does not record is passed on so, and not sent', async () => {
  const parent = newTraceparent().replace(/01$/, '00');
  const sent = await sentBy('parentbased_always_on', ({ tracer }) => {
    const span = tracer.start({ name: 'GET /payments', kind: 'server', parent });
    assert.equal(traceIdOf(span.traceparent), traceIdOf(parent));
    assert.match(span.traceparent, /-00$/);
    span.end();
  });
  assert.equal(sent, '');
});

test('nothing is traced where no receiver is named', async () => {
  const config = {
    OTEL_TRACES_SAMPLER: 'always_on',
    OTEL_TRACES_SAMPLER_ARG: 1,
    FLUENTD_PORT: 24_224,
  } as const;
  assert.equal(await openTracing('pay', config), undefined);
});
