import { setTimeout as delay } from 'node:timers/promises';
import type { Api } from '../../../platform/src/story/api.ts';
import type { Journey } from './journey.ts';
import { persist } from './persist.ts';

/** Orders, and takes the order back where the journey says so; ends when the customer knows, or gave up. */
export async function travel(journey: Journey, key: string, api: Api): Promise<void> {
  const { intent } = journey;
  const places = Array.from({ length: intent.isDoubled ? 2 : 1 }, () => place(journey, key, api));
  await Promise.all(places);
  journey.isAsking = false;
  const [id] = journey.formed;
  if (id !== undefined && intent.cancels > 0) {
    await delay(intent.cancelAfterMs);
    await takeBack(journey, id, key, api);
  }
  journey.isAsking = false;
  journey.hasEnded = true;
}

async function place(journey: Journey, key: string, api: Api): Promise<void> {
  const { via, item, qty, isPatient } = journey.intent;
  const headers: Record<string, string> = isPatient ? { 'idempotency-key': key } : {};
  const { status, body } = await persist(isPatient, async () => {
    const reply = await api.post(via, '/orders', { item, qty }, headers);
    journey.answers.push(reply.status);
    return reply;
  });
  if (status !== 201 && status !== 202) return;
  journey.ids.add(body.id);
  if (status === 201 || (await becomesOrder(body.id, api))) journey.formed.add(body.id);
}

/** An order answered by 202 is looked at until its payment is known. */
async function becomesOrder(id: number, api: Api): Promise<boolean> {
  const { status, body } = await persist(true, async () => {
    const reply = await api.get('app', `/orders/${id}`);
    return reply.body.status === 'Pending' ? { ...reply, status: 0, retryAfterMs: 1_000 } : reply;
  });
  return status === 200 && body.status !== 'PaymentFailed';
}

async function takeBack(journey: Journey, id: number, key: string, api: Api): Promise<void> {
  const { via, isPatient, cancels } = journey.intent;
  journey.wishedAt = performance.now();
  journey.isAsking = true;
  journey.cancel = 'unanswered';
  const once = async (which: number) => {
    // Every other cancel has a key: it is to be idempotent without one.
    const headers: Record<string, string> =
      (journey.index + which) % 2 === 0 ? { 'idempotency-key': `${key}-cancel-${which}` } : {};
    const { status } = await persist(isPatient, async () => {
      const reply = await api.patch(via, `/orders/${id}`, { status: 'cancel' }, headers);
      journey.answers.push(reply.status);
      return reply;
    });
    if (status === 200) journey.cancel = 'accepted';
  };
  await Promise.all(Array.from({ length: cancels }, (_, which) => once(which)));
}
