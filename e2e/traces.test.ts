import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { eventually } from '@phone82/testkit';
import { cancelOrder, endsAs, placeOrder } from './order-story.ts';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './otlp-receiver.ts';
import { newSystem, type SystemUnderTest, succeeded } from './system-under-test.ts';

const the = {} as { system: SystemUnderTest; receiver: OtlpReceiver };
before(async () => {
  the.receiver = await startOtlpReceiver();
  the.system = await newSystem();
  the.system.environment.OTEL_EXPORTER_OTLP_ENDPOINT = the.receiver.url;
  // On a busy machine an order that took its time is answered all the same.
  the.system.environment.PAY_TIMEOUT_MS = '20000';
  succeeded(await the.system.run('up', '--detach'));
});
after(async () => {
  await the.system?.dispose();
  await the.receiver?.close();
});

/** The spans of the trace that holds this one. */
const traceOf = ({ traceId }: ReceivedSpan) => the.receiver.spans.filter((span) => span.traceId === traceId);
const say = ({ service, kind, name }: ReceivedSpan) => `${service} ${kind} ${name}`;

/** The trace that a request to the gateway began, once all of these are in it. */
function traceWith(wanted: readonly string[], isBegin: (span: ReceivedSpan) => boolean) {
  return eventually(
    () => {
      const root = the.receiver.spans.find((span) => span.service === 'gateway' && isBegin(span));
      assert.ok(root, 'the gateway has not reported the request');
      const trace = traceOf(root);
      const names = new Set(trace.map(say));
      assert.deepEqual(
        wanted.filter((name) => !names.has(name)),
        [],
        'not in the trace yet',
      );
      assertIsTree(trace, root);
      return trace;
    },
    { timeoutMs: 30_000 },
  );
}

function assertIsTree(trace: readonly ReceivedSpan[], root: ReceivedSpan): void {
  const ids = new Set(trace.map(({ spanId }) => spanId));
  assert.equal(ids.size, trace.length, 'a span came twice');
  const orphans = trace.filter(({ parentSpanId }) => parentSpanId && !ids.has(parentSpanId));
  assert.deepEqual(orphans.map(say), [], 'their parents are missing');
  const roots = trace.filter(({ parentSpanId }) => parentSpanId === undefined);
  assert.deepEqual(roots.map(say), [say(root)]);
}

/** From a span up to the root, each as "service kind". */
function wayUp(trace: readonly ReceivedSpan[], from: ReceivedSpan | undefined): string[] {
  if (!from) return [];
  const parent = trace.find(({ spanId }) => spanId === from.parentSpanId);
  return [`${from.service} ${from.kind}`, ...wayUp(trace, parent)];
}

const handled = (trace: readonly ReceivedSpan[], service: string, eventType: string) =>
  trace.find(
    (span) =>
      span.service === service &&
      span.kind === 'consumer' &&
      span.attributes['phone82.event_type'] === eventType,
  );

describe('one order is one trace', () => {
  test('from the click through app, pay, the PSP and the bus to store, marketing and customer', async () => {
    const id = await placeOrder(the.system);
    await endsAs(the.system, id, 'shipped');
    const trace = await traceWith(
      [
        'gateway server POST /orders',
        'app server POST /orders',
        'app client pay charge',
        'pay server POST /payments',
        'pay client psp charge',
        'psp-simulator server POST /v1/*',
        'pay producer send phoneseller',
        'app producer send phoneseller',
        'store consumer process phoneseller',
        'store producer send phoneseller',
        'marketing consumer process phoneseller',
        'marketing producer send phoneseller',
        'customer consumer process phoneseller',
      ],
      ({ name }) => name === 'POST /orders',
    );
    await eventually(() => {
      const all = traceOf(trace[0] as ReceivedSpan);
      // What the click comes to, all the way: paid, granted, and seen by the customer.
      assert.deepEqual(wayUp(all, handled(all, 'customer', 'PromoCompleted')), [
        'customer consumer',
        'marketing producer',
        'marketing consumer',
        'pay producer',
        'pay server',
        'app client',
        'app server',
        'gateway server',
      ]);
      // The agency ships by itself, later, in a job: still an effect of the same click.
      const [seen, sent, arranged] = wayUp(all, handled(all, 'customer', 'Shipped'));
      assert.deepEqual([seen, sent, arranged], ['customer consumer', 'store producer', 'store consumer']);
    });
  });

  test('and so is its cancel, to the refund that a job makes', async () => {
    const id = await placeOrder(the.system);
    await endsAs(the.system, id, 'shipped');
    await cancelOrder(the.system, id);
    await endsAs(the.system, id, 'takenBack');
    const trace = await traceWith(
      [
        'app server PATCH /orders/:id',
        'pay consumer process phoneseller',
        'pay client marketing cancelMileage',
        'pay client psp refund',
        'customer consumer process phoneseller',
      ],
      ({ name }) => name.startsWith('PATCH /orders'),
    );
    await eventually(() => {
      const all = traceOf(trace[0] as ReceivedSpan);
      assert.deepEqual(wayUp(all, handled(all, 'customer', 'PayCancelled')), [
        'customer consumer',
        'pay producer',
        'pay consumer',
        'app producer',
        'app server',
        'gateway server',
      ]);
    });
  });
});
