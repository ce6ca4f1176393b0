import { setTimeout as delay } from 'node:timers/promises';
import type { Reply } from '../../../platform/src/story/api.ts';

/** How long a client goes on before it gives up: longer than any fault lasts. */
const GIVES_UP_AFTER_MS = 90_000;
const PAUSE_MS = 500;

/** An answer that leaves open whether, or says that not yet. */
const isOpen = ({ status, body }: Reply) =>
  status === 0 ||
  status >= 500 ||
  status === 429 ||
  body.code === 'idempotency-in-flight' ||
  body.code === 'order-pending';

/** Sends a request until it is answered for good, after the pauses that the answers ask for. Gives the last answer. */
export async function persist(
  isPatient: boolean,
  send: () => Promise<Reply>,
): Promise<Reply & { readonly isFinal: boolean }> {
  const deadline = performance.now() + GIVES_UP_AFTER_MS;
  for (;;) {
    const reply = await send();
    if (!isOpen(reply)) return { ...reply, isFinal: true };
    if (!isPatient || performance.now() > deadline) return { ...reply, isFinal: false };
    await delay(Math.max(PAUSE_MS, reply.retryAfterMs ?? 0));
  }
}
