import type { FakeIssuer } from './fake-issuer.ts';

/** Keeps cookies as a browser does, by name, and follows no redirect by itself. */
export interface Browser {
  readonly cookies: Map<string, string>;
  /** Every `Set-Cookie` line that came. */
  readonly setCookies: string[];
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** As a page of the gateway does: from its own origin, with the header that a form cannot send. */
  send(method: string, path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The whole sign-in; returns where it ended. */
  signIn(issuer: FakeIssuer, returnTo?: string): Promise<string>;
}

export function newBrowser(gatewayUrl: string, always: Readonly<Record<string, string>> = {}): Browser {
  const cookies = new Map<string, string>();
  const setCookies: string[] = [];
  const ask = async (method: string, path: string, headers: Readonly<Record<string, string>> = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(gatewayUrl + path, {
      method,
      headers: { ...(cookie && { cookie }), ...always, ...headers },
      redirect: 'manual',
    });
    for (const line of answer.headers.getSetCookie()) {
      setCookies.push(line);
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  };
  const own = { origin: gatewayUrl, 'x-phone82-request': '1' };
  return {
    cookies,
    setCookies,
    get: (path, headers) => ask('GET', path, headers),
    send: (method, path, headers) => ask(method, path, { ...own, ...headers }),
    signIn: async (issuer, returnTo = '/') => {
      const begun = await ask('GET', `/session/sign-in?returnTo=${encodeURIComponent(returnTo)}`);
      const back = issuer.signIn(begun.headers.get('location') ?? '');
      const finished = await ask('GET', back.pathname + back.search);
      if (finished.status !== 303) throw new Error(`sign-in ended with ${finished.status}`);
      return finished.headers.get('location') ?? '';
    },
  };
}
