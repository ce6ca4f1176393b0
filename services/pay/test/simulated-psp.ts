import type { AddressInfo } from 'node:net';
import {
  createMemoryLedger,
  createPsp,
  createPspServer,
  type Ledger,
  type MisbehaviourRule,
  type Psp,
} from '@phone82/psp-simulator';
import type { Environment } from '@phone82/runtime';

/** A PSP of a test, in this process, with an address of its own. */
export interface SimulatedPsp {
  readonly url: string;
  readonly api: Psp;
  readonly ledger: Ledger;
  /** Replaces what it was told before; orders by their own number. */
  misbehave(...rules: readonly MisbehaviourRule[]): void;
  /** What its books say of an order: `charge 1000`, `refund 1000`. */
  linesOf(orderId: number): Promise<string[]>;
  /** Refuses connections until it is up again, at the same address and with the same books. */
  down(): Promise<void>;
  up(): Promise<void>;
}

export const PREFIX = 'phone82-';
export const SECRET_KEY = 'test_sk_phone82';

export async function startSimulatedPsp(environment: Environment): Promise<SimulatedPsp> {
  const ledger = createMemoryLedger();
  const api = createPsp({ ledger, environment });
  let server = createPspServer(api);
  let port = 0;
  const up = async () => {
    server = createPspServer(api);
    await server.listen({ port, host: '127.0.0.1' });
    port = (server.server.address() as AddressInfo).port;
  };
  await up();
  return {
    url: `http://127.0.0.1:${port}`,
    api,
    ledger,
    misbehave: (...rules) => api.misbehaviours.set({ rules: [...rules] }),
    linesOf: (orderId) => linesOf(api, orderId),
    down: async () => {
      server.server.closeAllConnections();
      await server.close();
    },
    up,
  };
}

async function linesOf(api: Psp, orderId: number): Promise<string[]> {
  const reply = await callPsp(api, 'GET', `/v1/payments/orders/${PREFIX}${orderId}`);
  const { status, totalAmount, cancels } = reply as PaymentObject;
  if (status === undefined || status === 'ABORTED') return [];
  return [`charge ${totalAmount}`, ...(cancels ?? []).map(({ cancelAmount }) => `refund ${cancelAmount}`)];
}

interface PaymentObject {
  readonly status?: string;
  readonly totalAmount: number;
  readonly cancels: readonly { readonly cancelAmount: number }[] | null;
}

/** What a person does at the PSP itself, past pay, and past all misbehaviour. */
export async function callPsp(api: Psp, method: string, path: string, body?: unknown): Promise<unknown> {
  const rules = api.misbehaviours.settings();
  api.misbehaviours.clear();
  const authorization = `Basic ${Buffer.from(`${SECRET_KEY}:`).toString('base64')}`;
  const reply = await api.handle({ method, path, headers: { authorization }, body });
  api.misbehaviours.set(rules);
  return reply.kind === 'answered' ? reply.body : undefined;
}
