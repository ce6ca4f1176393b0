import { BATCH_MEDIA_TYPE, type BatchedRequest, MOST_IN_BATCH } from '@phone82/contracts';
import type { Answer } from './answer.ts';
import { BatchReader, type Member } from './batch-reader.ts';
import { type Sending, workHeaders } from './sending.ts';

type SendBatch = (
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  reader: BatchReader,
) => void;

/** How long calls go one by one to a remote that said it takes no batches: after an upgrade it may. */
const ONE_BY_ONE_MS = 60_000;

/** Sends calls to the same place that are made in the same turn of the event loop as one request; a single one as itself. */
export function createBatches(
  sendBatch: SendBatch,
  sendOne: (sending: Sending) => Promise<Answer>,
): (sending: Sending, path: string) => Promise<Answer> {
  const waiting = new Map<string, Member[]>();
  let oneByOneUntil = 0;

  const one = ({ sending, done }: Member) => void sendOne(sending).then(done);
  const together = (path: string, members: readonly Member[]) => {
    if (members.length < 2) {
      members.forEach(one);
      return;
    }
    const longest = Math.max(...members.map(({ sending }) => sending.waitMs));
    const headers = { accept: BATCH_MEDIA_TYPE, 'content-type': BATCH_MEDIA_TYPE };
    const reader = new BatchReader(members, {
      notBegun: (left) => together(path, left),
      notTaken: (left) => {
        oneByOneUntil = performance.now() + ONE_BY_ONE_MS;
        left.forEach(one);
      },
    });
    sendBatch(
      path,
      { ...headers, ...workHeaders({ context: undefined, waitMs: longest }) },
      textOf(members),
      reader,
    );
  };
  const flush = (path: string) => {
    const members = waiting.get(path) ?? [];
    waiting.delete(path);
    for (let from = 0; from < members.length; from += MOST_IN_BATCH)
      together(path, members.slice(from, from + MOST_IN_BATCH));
  };
  return (sending, path) => {
    if (performance.now() < oneByOneUntil) return sendOne(sending);
    return new Promise((done) => {
      const member = { sending, done };
      const others = waiting.get(path);
      if (others) return void others.push(member);
      waiting.set(path, [member]);
      setImmediate(flush, path);
    });
  };
}

const textOf = (members: readonly Member[]) =>
  members
    .map(({ sending }) => {
      const { body, headers } = sending.request;
      const line: BatchedRequest = { headers: { ...workHeaders(sending), ...headers }, body };
      return JSON.stringify(line);
    })
    .join('\n');
