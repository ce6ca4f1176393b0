import { Agent, request } from 'undici';
import type { System } from '../system.ts';
import { portOf, serviceNamed } from '../system.ts';

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
  readonly body: any;
  readonly ms: number;
}

/** phone82 as its clients see it: JSON over HTTP, each service at its own address. */
export interface Api {
  get(service: string, path: string): Promise<Reply>;
  post(service: string, path: string, body: object): Promise<Reply>;
  patch(service: string, path: string, body: object): Promise<Reply>;
  close(): Promise<void>;
}

/** A call that gets no answer has status 0. */
export function connect(system: System): Api {
  const agent = new Agent({ connections: 64, keepAliveTimeout: 1_000 });
  const call = async (
    method: 'GET' | 'POST' | 'PATCH',
    service: string,
    path: string,
    body?: object,
  ): Promise<Reply> => {
    const startedAt = performance.now();
    const origin = `http://127.0.0.1:${portOf(system, serviceNamed(system, service))}`;
    const headers = { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) };
    try {
      const answer = await request(`${origin}${path}`, {
        method,
        headers,
        dispatcher: agent,
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      return { status: answer.statusCode, body: parse(text), ms: performance.now() - startedAt };
    } catch {
      return { status: 0, body: {}, ms: performance.now() - startedAt };
    }
  };
  return {
    get: (service, path) => call('GET', service, path),
    post: (service, path, body) => call('POST', service, path, body),
    patch: (service, path, body) => call('PATCH', service, path, body),
    close: () => agent.close(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
