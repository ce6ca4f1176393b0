import { request } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what came is what is to be checked
  readonly body: any;
}

type Headers = Readonly<Record<string, string>>;

/** JSON over HTTP, a connection for each request, so that no kept-alive one delays a drain. */
export interface HttpClient {
  get(path: string, headers?: Headers): Promise<HttpAnswer>;
  /** A string is sent as it is. */
  post(path: string, body: unknown, headers?: Headers): Promise<HttpAnswer>;
  put(path: string, body: unknown, headers?: Headers): Promise<HttpAnswer>;
  patch(path: string, body: unknown, headers?: Headers): Promise<HttpAnswer>;
}

export function httpClient(baseUrl: string): HttpClient {
  const send =
    (method: string) =>
    (path: string, body: unknown, headers: Headers = {}) =>
      call(`${baseUrl}${path}`, method, headers, typeof body === 'string' ? body : JSON.stringify(body));
  return {
    get: (path, headers = {}) => call(`${baseUrl}${path}`, 'GET', headers),
    post: send('POST'),
    put: send('PUT'),
    patch: send('PATCH'),
  };
}

function call(url: string, method: string, headers: Headers, body?: string): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const outgoing = request(url, { method, headers: { ...json, ...headers }, agent: false }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (chunk) => {
        text += chunk;
      });
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, body: parsed(text) }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
