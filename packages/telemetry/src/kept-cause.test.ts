import assert from 'node:assert/strict';
import { test } from 'node:test';
import { causeAtHand, currentContext, incomingContext, withCause, withContext } from './context.ts';

test('work that is done later goes back to what it was kept with', () => {
  const context = incomingContext({ correlationId: 'order-42', causationId: 'm-1' });
  const kept = withContext(context, causeAtHand);
  const later = withCause(kept, currentContext);
  assert.deepEqual(later, context);
});

test('outside of any work nothing is kept, and later there is no cause', () => {
  assert.equal(causeAtHand(), null);
  assert.equal(withCause(null, currentContext), undefined);
});

test('what would not fit into its column is not kept', () => {
  const context = { ...incomingContext({}), causationId: 'm'.repeat(500) };
  assert.equal(withContext(context, causeAtHand), null);
});
