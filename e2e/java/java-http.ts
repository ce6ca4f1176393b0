import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JavaRepository, JavaRow } from './java-repository.ts';
import { javaJson } from './java-topic.ts';

/** What a service does when one of its records is made or changed over HTTP; what it throws is answered with 500. */
export interface JavaHooks {
  created?(id: number, row: JavaRow): Promise<void>;
  changed?(id: number, row: JavaRow): Promise<void>;
}

/** Spring Data REST over one repository: no `/readyz`, no `/items`, JSON only. */
export async function serveJava(
  port: number,
  repository: JavaRepository,
  hooks: JavaHooks,
): Promise<() => Promise<void>> {
  const origin = `http://127.0.0.1:${port}`;
  const server = createServer(async (request, response) => {
    const reply = (status: number, body: object | undefined) => {
      response.writeHead(status, { 'content-type': 'application/hal+json;charset=UTF-8' });
      response.end(body && javaJson(body));
    };
    try {
      await answer(request, { repository, hooks, origin, reply, response });
    } catch (error) {
      reply(500, { status: 500, error: 'Internal Server Error', message: String(error) });
    }
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

interface Exchange {
  readonly repository: JavaRepository;
  readonly hooks: JavaHooks;
  readonly origin: string;
  readonly response: ServerResponse;
  reply(status: number, body: object | undefined): void;
}

async function answer(request: IncomingMessage, { repository, hooks, origin, reply, response }: Exchange) {
  const body = await bodyOf(request);
  const { accept = '*/*' } = request.headers;
  if (!/\*\/\*|application\/(hal\+)?json/.test(accept)) {
    response.writeHead(406).end();
    return;
  }
  const [, collection = '', item] = new URL(request.url ?? '/', origin).pathname.split('/');
  if (`/${collection}` !== repository.path) return reply(404, { status: 404, error: 'Not Found' });
  const id = item === undefined ? undefined : Number(item);
  if (id !== undefined && !repository.rows.has(id)) return reply(404, undefined);
  if (request.method === 'GET') return reply(200, id ? repository.hal(id, origin) : repository.page(origin));
  if (request.method === 'POST' && id === undefined) {
    const made = repository.save(body);
    await hooks.created?.(made, body);
    return reply(201, repository.hal(made, origin));
  }
  if (id === undefined || request.method !== 'PATCH')
    return reply(405, { status: 405, error: 'Method Not Allowed' });
  const row = { ...repository.rows.get(id), ...body };
  repository.rows.set(id, row);
  await hooks.changed?.(id, row);
  reply(200, repository.hal(id, origin));
}

async function bodyOf(request: IncomingMessage): Promise<JavaRow> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text.startsWith('{') && !text.includes('}\n{') ? (JSON.parse(text) as JavaRow) : {};
}
