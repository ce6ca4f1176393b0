import assert from 'node:assert/strict';
import { test } from 'node:test';
import { currentContext, incomingContext, newTraceparent, traceIdOf, withContext } from './context.ts';

test('keeps the ids that a caller sent', () => {
  const traceparent = newTraceparent();
  const context = incomingContext({ correlationId: 'order-42', traceparent, causationId: 'm' });
  assert.deepEqual(context, { correlationId: 'order-42', traceparent, causationId: 'm' });
});

test('makes new ids in place of malformed ones', () => {
  const malformed = { correlationId: 'a\nb', traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` };
  const { correlationId, traceparent } = incomingContext(malformed);
  assert.match(correlationId, /^[0-9a-f-]{36}$/);
  assert.notEqual(traceIdOf(traceparent), '0'.repeat(32));
});

test('a context ends with its work', async () => {
  const context = incomingContext({});
  const seen = await withContext(context, async () => {
    await Promise.resolve();
    return currentContext();
  });
  assert.equal(seen, context);
  assert.equal(currentContext(), undefined);
});
