import { Agent, request } from 'undici';
import type { System } from '../system.ts';
import { portOf, serviceNamed } from '../system.ts';

export interface Reply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
  readonly body: any;
  readonly ms: number;
  /** The answer's `Retry-After`. */
  readonly retryAfterMs?: number | undefined;
}

/** phone82 as its clients see it: JSON over HTTP, each service at its own address. */
export interface Api {
  get(service: string, path: string): Promise<Reply>;
  /** The body as it is; empty without an answer. */
  getText(service: string, path: string): Promise<string>;
  post(service: string, path: string, body: object, headers?: Headers): Promise<Reply>;
  put(service: string, path: string, body: object, headers?: Headers): Promise<Reply>;
  patch(service: string, path: string, body: object, headers?: Headers): Promise<Reply>;
  close(): Promise<void>;
}

type Headers = Readonly<Record<string, string>>;

export interface ClientOptions {
  /** How long an answer is waited for. Default 30 s. */
  readonly patienceMs?: number;
  /** Connections to one service. Default 64. */
  readonly connections?: number;
}

/** A call that gets no answer, or none in time, has status 0. */
export function connect(system: System, { patienceMs = 30_000, connections = 64 }: ClientOptions = {}): Api {
  const agent = new Agent({ connections, keepAliveTimeout: 1_000, headersTimeout: patienceMs });
  const originOf = (service: string) => `http://127.0.0.1:${portOf(system, serviceNamed(system, service))}`;
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    service: string,
    path: string,
    body?: object,
    given: Headers = {},
  ): Promise<Reply> => {
    const startedAt = performance.now();
    const origin = originOf(service);
    const headers = {
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
      ...given,
    };
    try {
      const answer = await request(`${origin}${path}`, {
        method,
        headers,
        dispatcher: agent,
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        body: parse(text),
        ms: performance.now() - startedAt,
        retryAfterMs: milliseconds(answer.headers['retry-after']),
      };
    } catch {
      return { status: 0, body: {}, ms: performance.now() - startedAt };
    }
  };
  return {
    get: (service, path) => call('GET', service, path),
    getText: (service, path) =>
      request(`${originOf(service)}${path}`, { dispatcher: agent }).then(
        ({ body }) => body.text(),
        () => '',
      ),
    post: (service, path, body, headers) => call('POST', service, path, body, headers),
    put: (service, path, body, headers) => call('PUT', service, path, body, headers),
    patch: (service, path, body, headers) => call('PATCH', service, path, body, headers),
    close: () => agent.close(),
  };
}

const milliseconds = (header: string | string[] | undefined) =>
  header === undefined ? undefined : Number(header) * 1_000;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
