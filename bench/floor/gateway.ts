import { createServer } from 'node:http';
import { Pool } from 'undici';

/** A bare pass-through to the app: the request as it came, the answer as it comes. */
const app = new Pool(process.env.APP_URL as string, { connections: 128, pipelining: 1 });

createServer((request, response) => {
  if (request.method === 'HEAD') return response.end();
  const { method = 'GET', url = '/', headers } = request;
  const body = method === 'GET' ? null : request;
  return app
    .stream(
      {
        path: url,
        method: method as 'POST',
        headers: { 'content-type': 'application/json', 'content-length': headers['content-length'] ?? '0' },
        body,
        opaque: response,
      },
      ({ statusCode, headers: answered }) => {
        response.writeHead(statusCode, answered as Record<string, string>);
        return response;
      },
    )
    .catch(() => response.destroy());
}).listen(Number(process.env.PORT), '127.0.0.1');
