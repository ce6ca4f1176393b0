/** A browser without a screen: keeps cookies by host name, follows redirects, and says where a page of ours asks from. */
export interface Browser {
  /** Opens an address and follows it to its end. */
  open(url: string): Promise<Response>;
  /** What a page of the system itself fetches. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** The cookies of a host, as they would be sent. */
  cookies(host: string): string;
}

const MOST_REDIRECTS = 10;

export function newBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();
  const cookies = (host: string) =>
    [...(jars.get(host) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = (host: string, answer: Response) => {
    const jar = jars.get(host) ?? new Map<string, string>();
    jars.set(host, jar);
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      const isOver = attributes.some((one) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(one));
      if (isOver) jar.delete(name.trim());
      else jar.set(name.trim(), value.join('='));
    }
  };
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const { hostname } = new URL(url);
    const headers = { ...(init.headers as Record<string, string>), cookie: cookies(hostname) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    keep(hostname, answer);
    return answer;
  };
  return {
    cookies,
    fetch: (url, init = {}) => {
      const own = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin', 'x-phone82-request': '1' };
      return send(url, { ...init, headers: { ...own, ...(init.headers as object) } });
    },
    open: async (url) => {
      let at = url;
      for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
        const answer = await send(at, { headers: { 'sec-fetch-site': 'none' } });
        const location = answer.headers.get('location');
        if (!location) return answer;
        at = new URL(location, at).href;
      }
      throw new Error(`${url} redirects without end`);
    },
  };
}
