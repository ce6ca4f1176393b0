import { get, type IncomingMessage } from 'node:http';
import { eventually } from '@phone82/testkit';

export interface ChangeStream {
  readonly headers: IncomingMessage['headers'];
  /** The record of each change so far. */
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
  readonly changes: readonly any[];
  /** Resolves when the stream is over: true if the server ended it, false if it broke off. */
  readonly ended: Promise<boolean>;
  /** Waits for so many changes. */
  until(count: number): Promise<void>;
  leave(): void;
}

/** Follows `GET /customers/{id}/events` as a browser's EventSource does. */
export async function follow(url: string): Promise<ChangeStream> {
  const changes: unknown[] = [];
  const request = get(url, { agent: false, headers: { accept: 'text/event-stream' } });
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject);
  });
  let unread = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (unread + chunk).split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) changes.push(...dataOf(block));
  });
  return {
    headers: response.headers,
    changes,
    ended: new Promise((resolve) => void response.on('close', () => resolve(response.complete))),
    until: (count) =>
      eventually(() => {
        if (changes.length < count) throw new Error(`${changes.length} changes, not ${count}`);
      }),
    leave: () => void request.destroy(),
  };
}

const dataOf = (block: string): unknown[] =>
  block.split('\n').flatMap((line) => (line.startsWith('data: ') ? [JSON.parse(line.slice(6))] : []));
