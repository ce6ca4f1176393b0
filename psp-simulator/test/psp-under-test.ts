import { manualEnvironment } from '@phone82/testkit';
import { createMemoryLedger, createPsp, type PspOptions, type PspReply } from '../src/index.ts';

export const authorization = `Basic ${Buffer.from('test_sk_phone82:').toString('base64')}`;

/** A PSP on virtual time, and its API in a caller's words. */
export function pspUnderTest(options: Partial<PspOptions> = {}) {
  const environment = manualEnvironment();
  const ledger = options.ledger ?? createMemoryLedger();
  const psp = createPsp({ environment, ...options, ledger });
  const send =
    (method: string) =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      psp.handle({ method, path, body, headers: { authorization, ...headers } });
  const post = send('POST');
  return {
    psp,
    ledger,
    environment,
    post,
    get: (path: string, headers?: Record<string, string>) => send('GET')(path, undefined, headers),
    charge: (order: number | string, fields: object = {}, headers?: Record<string, string>) =>
      post('/v1/billing/billing-1', chargeOf(order, fields), headers),
    cancel: (paymentKey: string, fields: object = {}, headers?: Record<string, string>) =>
      post(`/v1/payments/${paymentKey}/cancel`, { cancelReason: 'no longer wanted', ...fields }, headers),
    moneyOf: async (order: number) => {
      const balances = await psp.balances({ orderIdPrefix: `phone82-${order}` });
      return balances.map(({ charged, refunded, charges, refunds }) => [charged, refunded, charges, refunds]);
    },
  };
}

export const chargeOf = (order: number | string, fields: object = {}) => ({
  customerKey: 'demo',
  amount: 899_000,
  orderId: typeof order === 'number' ? `phone82-${order}` : order,
  orderName: 'LG10',
  ...fields,
});

/** The body of an answer that did come. */
// biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
export function bodyOf(reply: PspReply): any {
  if (reply.kind === 'dropped') throw new Error('the connection broke');
  return reply.body;
}

/** Status and code of a refusal, or status and payment status. */
export const outcomeOf = (reply: PspReply) =>
  reply.kind === 'dropped' ? 'dropped' : [reply.status, bodyOf(reply).code ?? bodyOf(reply).status];
