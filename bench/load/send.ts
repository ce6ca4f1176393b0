import { Pool } from 'undici';
import { openLoop } from '../../platform/src/load-test/open-loop.ts';
import type { Load, Outcome } from './load.ts';
import { requestsOf } from './requests.ts';
import { type ViewWatch, watchView } from './watch-view.ts';

const ANSWER_WITHIN_MS = 10_000;
const MOST_CONNECTIONS = 1_024;
const headers = { 'content-type': 'application/json', accept: 'application/json' };

/** A process of its own: it gets a load as a message, sends it, and answers with the outcome. */
process.once('message', async (load: Load) => {
  process.send?.(await send(load), () => process.disconnect?.());
});

/** What is counted while a load is under way. */
class Tally {
  readonly answeredMs: number[] = [];
  readonly ids: number[] = [];
  readonly others: Record<string, number> = {};
  senderLateMs = 0;

  miss(what: string | number): void {
    this.others[what] = (this.others[what] ?? 0) + 1;
  }
}

async function send(load: Load): Promise<Outcome> {
  const { url, pace, seconds, warmUpSeconds = 0 } = load;
  const connections = 'clients' in pace ? pace.clients : MOST_CONNECTIONS;
  const pool = new Pool(url, {
    connections,
    headersTimeout: ANSWER_WITHIN_MS,
    bodyTimeout: ANSWER_WITHIN_MS,
  });
  const tally = new Tally();
  const watch = load.view && (await watchView(load.view));
  const one = oneRequest(load, pool, tally, watch);
  const startedAt = performance.now();
  if ('clients' in pace) await inTurn(pace.clients, warmUpSeconds + seconds, one);
  else
    await openLoop(
      { rate: pace.rate, count: pace.rate * (warmUpSeconds + seconds) },
      async (index, dueAt) => void (await one(dueAt, index / pace.rate)),
    );
  const took = (performance.now() - startedAt) / 1_000 - warmUpSeconds;
  const inView = await watch?.finish(startedAt);
  await pool.close();
  const { answeredMs, ids, others, senderLateMs } = tally;
  return {
    seconds: load.request.kind === 'cancel' ? took : seconds,
    good: answeredMs.length,
    others,
    answeredMs,
    ids,
    senderLateMs,
    ...(inView && { inView }),
  };
}

/** Sends the next request; false when there is none. */
function oneRequest(load: Load, pool: Pool, tally: Tally, watch: ViewWatch | undefined) {
  const next = requestsOf(load.request);
  const { warmUpSeconds = 0 } = load;
  return async (dueAt: number, second: number): Promise<boolean> => {
    const request = next();
    if (!request) return false;
    const counts = second >= warmUpSeconds;
    const { method, path, body, status, id } = request;
    if (counts) tally.senderLateMs = Math.max(tally.senderLateMs, performance.now() - dueAt);
    try {
      const answer = await pool.request({ method, path, headers, body });
      const text = await answer.body.text();
      if (answer.statusCode !== status) tally.miss(answer.statusCode);
      else {
        if (counts) tally.answeredMs.push(performance.now() - dueAt);
        const answered = id ?? (JSON.parse(text).id as number);
        tally.ids.push(answered);
        watch?.expect(answered, dueAt, counts);
      }
    } catch (error) {
      tally.miss((error as { code?: string }).code ?? String(error));
    }
    return true;
  };
}

/** Clients who each wait for their answer before they ask again. */
async function inTurn(
  clients: number,
  seconds: number,
  one: (dueAt: number, second: number) => Promise<boolean>,
): Promise<void> {
  const startedAt = performance.now();
  const client = async () => {
    for (let now = startedAt; now - startedAt < seconds * 1_000; now = performance.now()) {
      if (!(await one(now, (now - startedAt) / 1_000))) return;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}
