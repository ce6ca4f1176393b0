import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Pool } from 'undici';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: a floor validates nothing
type Body = any;

/** Listens on `PORT`; a handler gets the method, the path and the JSON that came. */
export function listen(handle: (method: string, path: string, body: Body) => Promise<Reply>): void {
  const server = createServer((request, response) => {
    if (request.method === 'HEAD') return response.end();
    if (request.headers['content-type'] === LINES)
      return read(request).then((text) => answerLines(response, text, (body) => handle('POST', '', body)));
    return read(request)
      .then((text) => handle(request.method as string, request.url as string, text && JSON.parse(text)))
      .catch((error) => ({ status: 500, body: { error: String(error) } }))
      .then((reply) => answer(response, reply));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(Number(process.env.PORT), '127.0.0.1');
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => resolve(text));
    request.on('error', reject);
  });
}

function answer(response: ServerResponse, { status, body }: Reply): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

const LINES = 'application/x-ndjson';

/** A request in each line, which is answered by a line when it is done. */
function answerLines(response: ServerResponse, text: string, handle: (body: Body) => Promise<Reply>): void {
  response.writeHead(200, { 'content-type': LINES });
  const bodies = text.split('\n').map((line) => JSON.parse(line));
  let left = bodies.length;
  let ready = '';
  const flush = () => {
    response.write(ready);
    ready = '';
    if (left === 0) response.end();
  };
  for (const [line, body] of bodies.entries())
    handle(body).then(
      (reply) => {
        if (ready === '') setImmediate(flush);
        ready += `${JSON.stringify({ line, ...reply })}\n`;
        left -= 1;
      },
      () => response.destroy(),
    );
}

/** Calls another process with all that is asked for in the same turn of the event loop as one request, as phone82's app does with pay. */
export function lineCaller(url: string, path: string): (body: object) => Promise<Body> {
  const pool = new Pool(url, { connections: 128, pipelining: 1 });
  let waiting: { body: object; resolve(body: Body): void; reject(error: unknown): void }[] = [];
  const flush = async () => {
    const calls = waiting;
    waiting = [];
    try {
      const body = calls.map((call) => JSON.stringify(call.body)).join('\n');
      const reply = await pool.request({ method: 'POST', path, headers: { 'content-type': LINES }, body });
      let text = '';
      for await (const chunk of reply.body) {
        const lines = (text + chunk).split('\n');
        text = lines.pop() as string;
        for (const answer of lines.map((line) => JSON.parse(line))) calls[answer.line]?.resolve(answer.body);
      }
    } catch (error) {
      for (const { reject } of calls) reject(error);
    }
  };
  return (body) =>
    new Promise((resolve, reject) => {
      if (waiting.push({ body, resolve, reject }) === 1) setImmediate(flush);
    });
}

/** Calls another process; anything but a 2xx is an error, because on the floor nothing fails. */
export function caller(
  url: string,
): (path: string, body: object, headers?: Readonly<Record<string, string>>) => Promise<Body> {
  const pool = new Pool(url, { connections: 128, pipelining: 1 });
  return async (path, body, headers) => {
    const reply = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    const result = await reply.body.json();
    if (reply.statusCode >= 300) throw new Error(`${path}: ${reply.statusCode} ${JSON.stringify(result)}`);
    return result;
  };
}
