import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTraceparent } from '@phone82/telemetry';
import { eventually, recordingTracer } from '@phone82/testkit';
import { handlingSpans } from '../src/handling-spans.ts';
import { publishTraced } from '../src/publish-traced.ts';
import { points, startTallyService } from './tally-service.ts';

const caused = (traceparent: string, orderId: number, point: number) => {
  const record = points(orderId, point);
  return { ...record, headers: { ...record.headers, traceparent } };
};

test('each event of a batch is published within a span below its own cause', async () => {
  const tracer = recordingTracer();
  const published: (string | undefined)[] = [];
  const bus = {
    publish: async (records: readonly { headers: Readonly<Record<string, string>> }[]) =>
      void published.push(...records.map(({ headers }) => headers.traceparent)),
  };
  const causes = [newTraceparent(), newTraceparent()] as const;
  const { headers, ...record } = points(3, 1);
  await publishTraced(
    bus,
    [caused(causes[0], 1, 1), caused(causes[1], 2, 1), { ...record, headers }],
    tracer,
  );
  assert.deepEqual(
    tracer.spans.map(({ kind, parent, isOver }) => [kind, parent, isOver]),
    [...causes, undefined].map((cause) => ['producer', cause, true]),
  );
  assert.deepEqual(
    published,
    tracer.spans.map(({ traceparent }) => traceparent),
  );
});

test('what could not be published says so', async () => {
  const tracer = recordingTracer();
  const bus = { publish: () => Promise.reject(new Error('no log')) };
  await assert.rejects(publishTraced(bus, [points(1, 1)], tracer));
  assert.deepEqual([tracer.spans[0]?.isOver, tracer.spans[0]?.error], [true, 'not published']);
});

test('a message is handled within a span below its publisher’s, which its effects name as their cause', async (t) => {
  const tracer = recordingTracer();
  const service = await startTallyService({ tracer });
  t.after(service.stop);
  const cause = newTraceparent();
  await service.bus.publish([caused(cause, 7, 5)]);
  await eventually(() => assert.ok(tracer.spans[0]?.isOver));
  const [span] = tracer.spans;
  assert.deepEqual([span?.kind, span?.parent, span?.error], ['consumer', cause, undefined]);
  const [published] = service.unitOfWork.store.outbox.values();
  assert.equal(published?.record.headers.traceparent, span?.traceparent);
});

test('a message that becomes a dead letter says so in its span', async (t) => {
  const tracer = recordingTracer();
  const service = await startTallyService({ tracer, before: () => Promise.reject(new Error('cannot')) });
  t.after(service.stop);
  await service.bus.publish([caused(newTraceparent(), 7, 5)]);
  await eventually(() => assert.deepEqual([tracer.spans.length, tracer.spans[0]?.error], [1, 'dead letter']));
});

test('what is read anew from the beginning of the log has no spans', () => {
  const environment = { now: () => 10 * 60 * 1_000 };
  const spans = handlingSpans({
    group: 'customer-2',
    tracer: recordingTracer(),
    replayable: true,
    environment,
  });
  const message = { messageId: 'm', correlationId: 'c', traceparent: newTraceparent() };
  assert.equal(spans.start({ ...message, occurredAt: 0 }), undefined);
  assert.ok(spans.start({ ...message, occurredAt: 9 * 60 * 1_000 }));
});
