import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BATCH_MEDIA_TYPE, type BatchedRequest } from '@phone82/contracts';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
  readonly body: any;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** An answer, or what happens in place of one: `reset` breaks the connection, `silence` never answers. */
export type FakeAnswer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'reset'
  | 'silence';

/** Another service as a test wants it to be. */
export interface FakeRemote {
  readonly url: string;
  /** What came, oldest first. */
  readonly requests: readonly FakeRequest[];
  /** Says how the requests from now on are answered. */
  answers(how: (request: FakeRequest) => FakeAnswer): void;
  /** Refuses connections, and breaks those that are open, until it is up again. */
  down(): Promise<void>;
  /** Listens again, at the same address. */
  up(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a remote at a free port of this machine. `fixed`: answers to what begins so, `GET /payments?`, whatever else a test says. */
export async function startFakeRemote(
  how: (request: FakeRequest) => FakeAnswer,
  fixed: Readonly<Record<string, (request: FakeRequest) => FakeAnswer>> = {},
): Promise<FakeRemote> {
  const requests: FakeRequest[] = [];
  let answer = how;
  let port = 0;
  let server: Server | undefined;
  const ask = (request: FakeRequest) => {
    const always = Object.entries(fixed).find(([start]) =>
      `${request.method} ${request.path}`.startsWith(start),
    );
    if (always) return always[1](request);
    requests.push(request);
    return answer(request);
  };
  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const text = await textOf(incoming);
    const { method = '', url: path = '', headers } = incoming;
    const isBatch = headers['content-type'] === BATCH_MEDIA_TYPE;
    if (isBatch) return sendBatch(batchOf(path, text).map(ask), outgoing);
    send(ask({ method, path, headers, body: text === '' ? undefined : JSON.parse(text) }), outgoing);
  };
  const up = async () => {
    server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const down = async () => {
    const closing = server;
    server = undefined;
    if (!closing) return;
    const closed = new Promise((resolve) => closing.close(resolve));
    closing.closeAllConnections();
    await closed;
  };
  await up();
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    answers: (next) => {
      answer = next;
    },
    down,
    up,
    close: down,
  };
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming) text += chunk;
  return text;
}

/** The requests of a batch as they would have come one by one. */
const batchOf = (path: string, text: string): FakeRequest[] =>
  text.split('\n').map((line) => {
    const { headers = {}, body }: BatchedRequest = JSON.parse(line);
    return { method: 'POST', path: path.replace(/\/batch$/, ''), headers, body };
  });

function send(answer: FakeAnswer, outgoing: ServerResponse): void {
  if (answer === 'silence') return;
  if (answer === 'reset') return void outgoing.destroy();
  outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  outgoing.end(JSON.stringify(answer.body ?? {}));
}

/** What breaks the connection takes the answers that come after it along. */
function sendBatch(answers: readonly FakeAnswer[], outgoing: ServerResponse): void {
  outgoing.writeHead(200, { 'content-type': BATCH_MEDIA_TYPE });
  for (const [line, answer] of answers.entries()) {
    if (answer === 'reset') return void outgoing.destroy();
    if (answer === 'silence') continue;
    outgoing.write(`${JSON.stringify({ line, headers: {}, body: {}, ...answer })}\n`);
  }
  if (!answers.includes('silence')) outgoing.end();
}
