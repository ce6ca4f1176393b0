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
