import type { Remote } from '@phone82/resilience';
import type { Mileage } from '../usecases/ports.ts';

/** marketing over HTTP, by the message that the Java pay sends too. */
export function createMarketingClient(remote: Remote): Mileage {
  return {
    cancel: async ({ orderId, customerId }, isRetry) => {
      const body = { orderId, point: 0, process: 'PayCancelled' };
      const answer = await remote.call({
        operation: 'cancelMileage',
        method: 'POST',
        path: '/marketings',
        body,
        onBehalfOf: customerId,
        isRetry,
      });
      if (answer.kind === 'answered' && answer.status < 300) return { kind: 'done' };
      return { kind: 'retry', afterMs: answer.kind === 'notSent' ? answer.retryAfterMs : 0 };
    },
  };
}
