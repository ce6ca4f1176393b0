import { Pool } from 'undici';
import { openLoop } from '../../platform/src/load-test/open-loop.ts';
import type { Load, Outcome } from './load.ts';

const ANSWER_WITHIN_MS = 10_000;
const CONNECTIONS = 1_024;

const path = '/orders';
const headers = { 'content-type': 'application/json' };
const body = JSON.stringify({ item: 'LG10', qty: 1 });

/** A process of its own: it gets a load as a message, sends it, and answers with the outcome. */
process.once('message', async (load: Load) => {
  // A long answer takes longer to hand over than to say goodbye.
  process.send?.(await sendLoad(load), () => process.disconnect?.());
});

async function sendLoad({ url, rate, seconds, warmUpSeconds }: Load): Promise<Outcome> {
  const pool = new Pool(url, {
    connections: CONNECTIONS,
    pipelining: 1,
    headersTimeout: ANSWER_WITHIN_MS,
    bodyTimeout: ANSWER_WITHIN_MS,
  });
  const createdMs: number[] = [];
  const refusedMs: number[] = [];
  const others: Record<string, number> = {};
  let sent = 0;
  let refusedWithoutPause = 0;
  let senderLateMs = 0;

  const note = (status: number, pause: unknown, ms: number) => {
    if (status === 201) createdMs.push(ms);
    else if (status === 503) {
      refusedMs.push(ms);
      if (!(Number(pause) > 0)) refusedWithoutPause += 1;
    } else others[status] = (others[status] ?? 0) + 1;
  };
  const order = async (dueAt: number, counts: boolean) => {
    if (counts) {
      sent += 1;
      senderLateMs = Math.max(senderLateMs, performance.now() - dueAt);
    }
    try {
      const answer = await pool.request({ method: 'POST', path, headers, body });
      await answer.body.dump();
      if (counts) note(answer.statusCode, answer.headers['retry-after'], performance.now() - dueAt);
    } catch (error) {
      const why = (error as { code?: string }).code ?? String(error);
      if (counts) others[why] = (others[why] ?? 0) + 1;
    }
  };
  const warmUp = rate * warmUpSeconds;
  await openLoop({ rate, count: rate * seconds }, (index, dueAt) => order(dueAt, index >= warmUp));
  await pool.close();
  return { sent, createdMs, refusedMs, refusedWithoutPause, others, senderLateMs };
}
